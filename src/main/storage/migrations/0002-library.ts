/** Drafts, reference frames and the prompt library. Forward only, as every migration. */
export const libraryTables = `
CREATE TABLE drafts (
  id        TEXT PRIMARY KEY,
  name      TEXT    NOT NULL,
  defaults  TEXT    NOT NULL,            -- DraftDefaults
  options   TEXT    NOT NULL,            -- DraftOptions
  variables TEXT    NOT NULL,            -- names of the variable columns, in order
  createdAt INTEGER NOT NULL,
  updatedAt INTEGER NOT NULL,
  removedAt INTEGER,                     -- purged at the next start
  revision  INTEGER NOT NULL             -- grows with every change of the draft or of a row of it
) STRICT, WITHOUT ROWID;

-- A row each, so that autosave writes what changed and not the whole draft.
CREATE TABLE draft_rows (
  draftId  TEXT    NOT NULL REFERENCES drafts (id),
  id       TEXT    NOT NULL,
  position REAL    NOT NULL,
  cells    TEXT    NOT NULL,             -- DraftRow without id and position
  revision INTEGER NOT NULL,             -- of the draft, when this row was written
  PRIMARY KEY (draftId, id)
) STRICT, WITHOUT ROWID;
CREATE INDEX draft_rows_order ON draft_rows (draftId, position, id);

-- Pictures lie in the frame store under their digest; the same picture twice is one frame.
CREATE TABLE frames (
  seq         INTEGER PRIMARY KEY,
  id          TEXT    NOT NULL UNIQUE,
  sha256      TEXT    NOT NULL UNIQUE,
  name        TEXT    NOT NULL,
  contentType TEXT    NOT NULL,
  bytes       INTEGER NOT NULL,
  width       INTEGER NOT NULL,
  height      INTEGER NOT NULL,
  tags        TEXT    NOT NULL DEFAULT '[]',
  fromTakeId  TEXT,
  createdAt   INTEGER NOT NULL,
  removedAt   INTEGER,                   -- out of the library; drafts and jobs that use it keep it
  revision    INTEGER NOT NULL
) STRICT;

CREATE TABLE prompts (
  seq       INTEGER PRIMARY KEY,
  id        TEXT    NOT NULL UNIQUE,
  kind      TEXT    NOT NULL,            -- prompt | template | list
  name      TEXT    NOT NULL,
  text      TEXT    NOT NULL,
  folder    TEXT    NOT NULL DEFAULT '',
  tags      TEXT    NOT NULL DEFAULT '[]',
  favourite INTEGER NOT NULL DEFAULT 0,
  createdAt INTEGER NOT NULL,
  updatedAt INTEGER NOT NULL,
  removedAt INTEGER,                     -- purged at the next start
  revision  INTEGER NOT NULL
) STRICT;
CREATE INDEX prompts_order ON prompts (favourite DESC, updatedAt DESC, seq DESC);

-- Search as you type; kept by triggers.
CREATE VIRTUAL TABLE prompts_search USING fts5 (
  name, text, tags, content = 'prompts', content_rowid = 'seq',
  tokenize = 'unicode61 remove_diacritics 2', prefix = '2 3'
);
CREATE TRIGGER prompts_search_insert AFTER INSERT ON prompts BEGIN
  INSERT INTO prompts_search (rowid, name, text, tags) VALUES (new.seq, new.name, new.text, new.tags);
END;
CREATE TRIGGER prompts_search_delete AFTER DELETE ON prompts BEGIN
  INSERT INTO prompts_search (prompts_search, rowid, name, text, tags)
  VALUES ('delete', old.seq, old.name, old.text, old.tags);
END;
CREATE TRIGGER prompts_search_update AFTER UPDATE OF name, text, tags ON prompts BEGIN
  INSERT INTO prompts_search (prompts_search, rowid, name, text, tags)
  VALUES ('delete', old.seq, old.name, old.text, old.tags);
  INSERT INTO prompts_search (rowid, name, text, tags) VALUES (new.seq, new.name, new.text, new.tags);
END;
`
