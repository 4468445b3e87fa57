/** Takes that were deleted for good: their files go, their rows stay. Forward only, as every migration. */
export const deletedTakeTables = `
ALTER TABLE takes ADD COLUMN deleteAskedAt INTEGER; -- the person's word; from then on no screen offers it
ALTER TABLE takes ADD COLUMN deletedAt INTEGER;     -- the files are gone; cost, rating and provenance stay
CREATE INDEX takes_deleting ON takes (id) WHERE deleteAskedAt IS NOT NULL AND deletedAt IS NULL;

-- Counts are read from the index alone.
DROP INDEX takes_facets;
CREATE INDEX takes_facets ON takes (batchId, model, trashedAt, seenAt, flag, rating, deleteAskedAt);

CREATE TRIGGER takes_deleted AFTER UPDATE OF deletedAt ON takes BEGIN
  INSERT INTO sidecars_due (takeId) VALUES (new.id) ON CONFLICT DO UPDATE SET change = change + 1;
END;
`
