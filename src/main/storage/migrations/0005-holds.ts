/** Providers that cannot be reached, and models that failed alike. Forward only, as every migration. */
export const holdTables = `
-- Creates that could not leave, in a row: the lane is tried by one job at a time until one does.
ALTER TABLE lanes ADD COLUMN unreachableSince INTEGER;
ALTER TABLE lanes ADD COLUMN unreachableTries INTEGER NOT NULL DEFAULT 0;

-- Jobs of one route that failed alike in a row, and whether that holds the route for the person.
CREATE TABLE route_failures (
  route     TEXT PRIMARY KEY,
  provider  TEXT    NOT NULL,
  modelName TEXT    NOT NULL,
  failures  INTEGER NOT NULL,
  reason    TEXT    NOT NULL,            -- JobError of the last one
  heldAt    INTEGER                      -- null: not held
) STRICT, WITHOUT ROWID;
`
