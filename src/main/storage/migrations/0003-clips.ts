/** Clips: in and out points of takes. Forward only, as every migration. */
export const clipTables = `
CREATE TABLE clips (
  seq       INTEGER PRIMARY KEY,
  id        TEXT    NOT NULL UNIQUE,
  takeId    TEXT    NOT NULL,
  name      TEXT    NOT NULL DEFAULT '',
  inFrame   INTEGER NOT NULL,            -- as shown, from 0
  outFrame  INTEGER NOT NULL,            -- behind the last one shown
  createdAt INTEGER NOT NULL,
  removedAt INTEGER,                     -- purged at the next start
  revision  INTEGER NOT NULL,
  CHECK (outFrame > inFrame)
) STRICT;
CREATE INDEX clips_take ON clips (takeId, seq);
`
