/** What the prompt library remembers of each entry: its earlier texts, and what was made with it. */
export const promptVersionTables = `
-- Alike for texts that differ in case, blanks and marks alone; '' until it is filled in at the next start.
ALTER TABLE prompts ADD COLUMN textKey TEXT NOT NULL DEFAULT '';
-- Rows of batches that were made with it.
ALTER TABLE prompts ADD COLUMN uses INTEGER NOT NULL DEFAULT 0;
CREATE INDEX prompts_text ON prompts (textKey) WHERE removedAt IS NULL AND textKey <> '';
CREATE INDEX prompts_folder ON prompts (folder) WHERE removedAt IS NULL;
CREATE INDEX prompts_lists ON prompts (name) WHERE kind = 'list' AND removedAt IS NULL;

CREATE TABLE prompt_versions (
  promptId TEXT    NOT NULL,
  version  INTEGER NOT NULL,
  name     TEXT    NOT NULL,
  text     TEXT    NOT NULL,
  textKey  TEXT    NOT NULL,
  savedAt  INTEGER NOT NULL,
  PRIMARY KEY (promptId, version)
) STRICT, WITHOUT ROWID;
CREATE INDEX prompt_versions_text ON prompt_versions (textKey);

-- Which rows of a batch came from which entry; what became of them is in takes.
CREATE TABLE prompt_uses (
  promptId TEXT    NOT NULL,
  batchId  TEXT    NOT NULL,
  row      INTEGER NOT NULL,
  PRIMARY KEY (promptId, batchId, row)
) STRICT, WITHOUT ROWID;

-- The search again, with its kind as a word and beginnings of one letter.
DROP TRIGGER prompts_search_insert;
DROP TRIGGER prompts_search_delete;
DROP TRIGGER prompts_search_update;
DROP TABLE prompts_search;
CREATE VIRTUAL TABLE prompts_search USING fts5 (
  name, text, tags, kind, content = 'prompts', content_rowid = 'seq',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
INSERT INTO prompts_search (prompts_search) VALUES ('rebuild');
-- Names alone, which come first: looking for them in the whole texts takes several keystrokes.
CREATE VIRTUAL TABLE prompt_names USING fts5 (
  name, kind, content = 'prompts', content_rowid = 'seq',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '1 2 3'
);
INSERT INTO prompt_names (prompt_names) VALUES ('rebuild');
CREATE TRIGGER prompts_search_insert AFTER INSERT ON prompts BEGIN
  INSERT INTO prompts_search (rowid, name, text, tags, kind)
  VALUES (new.seq, new.name, new.text, new.tags, new.kind);
  INSERT INTO prompt_names (rowid, name, kind) VALUES (new.seq, new.name, new.kind);
END;
CREATE TRIGGER prompts_search_delete AFTER DELETE ON prompts BEGIN
  INSERT INTO prompts_search (prompts_search, rowid, name, text, tags, kind)
  VALUES ('delete', old.seq, old.name, old.text, old.tags, old.kind);
  INSERT INTO prompt_names (prompt_names, rowid, name, kind)
  VALUES ('delete', old.seq, old.name, old.kind);
END;
CREATE TRIGGER prompts_search_update AFTER UPDATE OF name, text, tags, kind ON prompts BEGIN
  INSERT INTO prompts_search (prompts_search, rowid, name, text, tags, kind)
  VALUES ('delete', old.seq, old.name, old.text, old.tags, old.kind);
  INSERT INTO prompt_names (prompt_names, rowid, name, kind)
  VALUES ('delete', old.seq, old.name, old.kind);
  INSERT INTO prompts_search (rowid, name, text, tags, kind)
  VALUES (new.seq, new.name, new.text, new.tags, new.kind);
  INSERT INTO prompt_names (rowid, name, kind) VALUES (new.seq, new.name, new.kind);
END;
`
