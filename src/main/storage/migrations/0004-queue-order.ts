/** What a person does with the order of the queue, and the counts its filters show. */
export const queueOrderTables = `
ALTER TABLE jobs ADD COLUMN breakPoint INTEGER NOT NULL DEFAULT 0; -- the batch stops before it and asks
ALTER TABLE jobs ADD COLUMN asked TEXT;                            -- GenerationRequest, for editing; null on old rows

-- Pages are in the order of claims: priority before position.
DROP INDEX jobs_page;
CREATE INDEX jobs_page ON jobs (batchId, status, priority DESC, position, provider, model, prompt) WHERE hidden = 0;
CREATE INDEX jobs_break ON jobs (batchId) WHERE breakPoint = 1;

-- Counts per batch, status, provider and model, for the filters of the queue.
CREATE TABLE job_facets (
  batchId  TEXT    NOT NULL,
  status   TEXT    NOT NULL,
  provider TEXT    NOT NULL,
  model    TEXT    NOT NULL,
  n        INTEGER NOT NULL,
  PRIMARY KEY (batchId, status, provider, model)
) STRICT, WITHOUT ROWID;
INSERT INTO job_facets SELECT batchId, status, provider, model, count(*) FROM jobs WHERE hidden = 0 GROUP BY 1, 2, 3, 4;

-- An edited or hidden job takes its share of the estimate with it; what was made and cleared away keeps it.
ALTER TABLE batch_estimates ADD COLUMN n INTEGER NOT NULL DEFAULT 0;
UPDATE batch_estimates SET n = (SELECT count(*) FROM jobs
  WHERE jobs.batchId = batch_estimates.batchId AND coalesce(estimateCurrency, '') = currency AND (hidden = 0 OR status = 'succeeded'));

DROP TRIGGER jobs_count_insert;
CREATE TRIGGER jobs_count_insert AFTER INSERT ON jobs WHEN new.hidden = 0 BEGIN
  INSERT INTO job_counts VALUES (new.batchId, new.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO job_facets VALUES (new.batchId, new.status, new.provider, new.model, 1) ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO batch_estimates VALUES (new.batchId, coalesce(new.estimateCurrency, ''), coalesce(new.estimateMicros, 0), 1)
  ON CONFLICT DO UPDATE SET micros = micros + excluded.micros, n = n + 1;
END;
DROP TRIGGER jobs_count_update;
CREATE TRIGGER jobs_count_update AFTER UPDATE OF status, hidden, provider, model ON jobs
WHEN old.status <> new.status OR old.hidden <> new.hidden OR old.provider <> new.provider OR old.model <> new.model BEGIN
  UPDATE job_counts SET n = n - 1 WHERE old.hidden = 0 AND batchId = old.batchId AND status = old.status;
  INSERT INTO job_counts SELECT new.batchId, new.status, 1 WHERE new.hidden = 0 ON CONFLICT DO UPDATE SET n = n + 1;
  UPDATE job_facets SET n = n - 1 WHERE old.hidden = 0 AND batchId = old.batchId AND status = old.status AND provider = old.provider AND model = old.model;
  INSERT INTO job_facets SELECT new.batchId, new.status, new.provider, new.model, 1 WHERE new.hidden = 0 ON CONFLICT DO UPDATE SET n = n + 1;
END;
DROP TRIGGER jobs_count_delete;
CREATE TRIGGER jobs_count_delete AFTER DELETE ON jobs WHEN old.hidden = 0 BEGIN
  UPDATE job_counts SET n = n - 1 WHERE batchId = old.batchId AND status = old.status;
  UPDATE job_facets SET n = n - 1 WHERE batchId = old.batchId AND status = old.status AND provider = old.provider AND model = old.model;
END;
CREATE TRIGGER jobs_estimate_update AFTER UPDATE OF estimateMicros, estimateCurrency, hidden ON jobs
WHEN old.status <> 'succeeded' AND (old.hidden <> new.hidden OR old.estimateMicros IS NOT new.estimateMicros OR old.estimateCurrency IS NOT new.estimateCurrency) BEGIN
  UPDATE batch_estimates SET micros = micros - coalesce(old.estimateMicros, 0), n = n - 1
  WHERE old.hidden = 0 AND batchId = old.batchId AND currency = coalesce(old.estimateCurrency, '');
  INSERT INTO batch_estimates SELECT new.batchId, coalesce(new.estimateCurrency, ''), coalesce(new.estimateMicros, 0), 1 WHERE new.hidden = 0
  ON CONFLICT DO UPDATE SET micros = micros + excluded.micros, n = n + 1;
END;

-- A project groups batches: a folder and a cap of its own.
CREATE TABLE projects (
  name        TEXT PRIMARY KEY,
  outDir      TEXT,
  capMicros   INTEGER,
  capCurrency TEXT,
  createdAt   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX batches_project ON batches (project) WHERE project IS NOT NULL;
INSERT INTO projects (name, createdAt) SELECT project, min(createdAt) FROM batches WHERE project IS NOT NULL GROUP BY project;
`
