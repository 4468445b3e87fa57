/** Lets many new jobs be counted at once. Forward only, as every migration. */
export const countedLaterTables = `
-- Holds a row while an admission inserts: it adds up its jobs itself, in the same transaction.
CREATE TABLE counted_later (yes INTEGER NOT NULL) STRICT;

DROP TRIGGER jobs_count_insert;
CREATE TRIGGER jobs_count_insert AFTER INSERT ON jobs WHEN new.hidden = 0 AND NOT EXISTS (SELECT 1 FROM counted_later) BEGIN
  INSERT INTO job_counts VALUES (new.batchId, new.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO job_facets VALUES (new.batchId, new.status, new.provider, new.model, 1) ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO batch_estimates VALUES (new.batchId, coalesce(new.estimateCurrency, ''), coalesce(new.estimateMicros, 0), 1)
  ON CONFLICT DO UPDATE SET micros = micros + excluded.micros, n = n + 1;
END;
`
