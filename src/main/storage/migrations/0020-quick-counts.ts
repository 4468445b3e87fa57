/** Counts jobs without a copy of every page that a change of one touches. Forward only, as every migration. */
export const quickCountTables = `
-- An upsert in a trigger makes SQLite keep such copies for each statement; with OR FAIL it does without them.
DROP TRIGGER jobs_count_update;
CREATE TRIGGER jobs_count_update AFTER UPDATE OF status, hidden, provider, model ON jobs
WHEN old.status <> new.status OR old.hidden <> new.hidden OR old.provider <> new.provider OR old.model <> new.model BEGIN
  INSERT INTO job_counts SELECT new.batchId, new.status, 0
  WHERE new.hidden = 0 AND NOT EXISTS (SELECT 1 FROM job_counts WHERE batchId = new.batchId AND status = new.status);
  UPDATE job_counts SET n = n - 1 WHERE old.hidden = 0 AND batchId = old.batchId AND status = old.status;
  UPDATE job_counts SET n = n + 1 WHERE new.hidden = 0 AND batchId = new.batchId AND status = new.status;
  INSERT INTO job_facets SELECT new.batchId, new.status, new.provider, new.model, 0
  WHERE new.hidden = 0 AND NOT EXISTS (SELECT 1 FROM job_facets WHERE batchId = new.batchId AND status = new.status AND provider = new.provider AND model = new.model);
  UPDATE job_facets SET n = n - 1 WHERE old.hidden = 0 AND batchId = old.batchId AND status = old.status AND provider = old.provider AND model = old.model;
  UPDATE job_facets SET n = n + 1 WHERE new.hidden = 0 AND batchId = new.batchId AND status = new.status AND provider = new.provider AND model = new.model;
END;

-- Only what runs has a lease, and the index of what runs finds those, too.
DROP INDEX jobs_leased;
`
