/** Opens folders, tags and kinds of a large library at once. Forward only, as every migration. */
export const promptPlaceTables = `
CREATE INDEX prompts_kind ON prompts (kind, favourite DESC, updatedAt DESC, seq DESC) WHERE removedAt IS NULL;
DROP INDEX prompts_folder;
CREATE INDEX prompts_folder ON prompts (folder, favourite, updatedAt, seq, kind) WHERE removedAt IS NULL;

-- Of entries that are in the library; kept by triggers. Damaged tags count as none.
CREATE TABLE prompt_tags (
  tag TEXT    NOT NULL,
  seq INTEGER NOT NULL,
  PRIMARY KEY (tag, seq)
) STRICT, WITHOUT ROWID;
INSERT OR IGNORE INTO prompt_tags (tag, seq)
SELECT value, prompts.seq FROM prompts, json_each(iif(json_valid(prompts.tags), prompts.tags, '[]')) WHERE removedAt IS NULL;

CREATE TRIGGER prompt_tags_insert AFTER INSERT ON prompts WHEN new.removedAt IS NULL BEGIN
  INSERT OR IGNORE INTO prompt_tags (tag, seq) SELECT value, new.seq FROM json_each(iif(json_valid(new.tags), new.tags, '[]'));
END;
CREATE TRIGGER prompt_tags_delete AFTER DELETE ON prompts BEGIN
  DELETE FROM prompt_tags WHERE seq = old.seq AND tag IN (SELECT value FROM json_each(iif(json_valid(old.tags), old.tags, '[]')));
END;
CREATE TRIGGER prompt_tags_update AFTER UPDATE OF tags, removedAt ON prompts BEGIN
  DELETE FROM prompt_tags WHERE seq = old.seq AND tag IN (SELECT value FROM json_each(iif(json_valid(old.tags), old.tags, '[]')));
  INSERT OR IGNORE INTO prompt_tags (tag, seq)
  SELECT value, new.seq FROM json_each(iif(json_valid(new.tags), new.tags, '[]')) WHERE new.removedAt IS NULL;
END;
`
