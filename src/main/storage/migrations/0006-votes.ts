/** Blind pairs and what was said of them. Forward only, as every migration. */
export const voteTables = `
CREATE TABLE blind_pairs (
  seq     INTEGER PRIMARY KEY,
  id      TEXT    NOT NULL UNIQUE,
  round   TEXT    NOT NULL,              -- pairs that were begun together
  takeA   TEXT    NOT NULL,              -- which side a take is on was left to chance
  takeB   TEXT    NOT NULL,
  vote    TEXT,                          -- a | b | alike | bothBad | skipped; null: not yet
  votedAt INTEGER
) STRICT;
CREATE INDEX blind_pairs_round ON blind_pairs (round, seq);
`
