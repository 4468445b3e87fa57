/** Jobs that go another way to their model. Forward only, as every migration. */
export const otherWayTables = `
-- The row named its provider, or nobody knows whether it did: it goes that way or none.
ALTER TABLE jobs ADD COLUMN routeNamed INTEGER NOT NULL DEFAULT 1;
-- RouteMove[]: ways that were given up before anything was sent; null: none.
ALTER TABLE jobs ADD COLUMN moves TEXT;
CREATE INDEX jobs_moved ON jobs (batchId) WHERE moves IS NOT NULL;
`
