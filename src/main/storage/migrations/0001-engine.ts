/** Forward only: a released migration never changes; a new one is a new file. */
export const engineTables = `
-- The engine's tables. Times are epoch ms, money is micro-units, JSON is text.

CREATE TABLE meta (
  key   TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- One row per start of an engine on this data folder; run is what leases name.
CREATE TABLE engine_runs (
  run       INTEGER PRIMARY KEY,
  face      TEXT    NOT NULL,           -- app | cli
  pid       INTEGER NOT NULL,
  host      TEXT    NOT NULL,
  startedAt INTEGER NOT NULL,
  endedAt   INTEGER                     -- null: still running, or died
) STRICT;

CREATE TABLE batches (
  id            TEXT PRIMARY KEY,
  seq           INTEGER NOT NULL UNIQUE, -- admission order
  name          TEXT    NOT NULL,
  digest        TEXT    NOT NULL,
  source        TEXT    NOT NULL,
  project       TEXT,
  outDir        TEXT    NOT NULL,
  capMicros     INTEGER,
  capCurrency   TEXT,
  allowUnpriced INTEGER NOT NULL DEFAULT 0,
  tonight       INTEGER NOT NULL DEFAULT 0,
  concurrency   INTEGER,
  priority      INTEGER NOT NULL DEFAULT 0,
  paused        INTEGER NOT NULL DEFAULT 0,
  lastClaimSeq  INTEGER NOT NULL DEFAULT 0, -- round robin between batches of one priority
  createdAt     INTEGER NOT NULL,
  revision      INTEGER NOT NULL
) STRICT;
CREATE INDEX batches_digest ON batches (digest);

CREATE TABLE jobs (
  seq             INTEGER PRIMARY KEY,   -- keyset for pages
  id              TEXT    NOT NULL UNIQUE,
  batchId         TEXT    NOT NULL REFERENCES batches (id),
  row             INTEGER NOT NULL,
  take            INTEGER NOT NULL,
  name            TEXT,
  tags            TEXT    NOT NULL DEFAULT '[]',
  prompt          TEXT    NOT NULL,
  provider        TEXT    NOT NULL,
  credential      TEXT,                  -- fixed at the claim
  model           TEXT    NOT NULL,
  modelName       TEXT    NOT NULL,
  route           TEXT    NOT NULL,
  mode            TEXT    NOT NULL,
  request         TEXT    NOT NULL,      -- RouteRequest
  warnings        TEXT    NOT NULL DEFAULT '[]',
  estimateMicros  INTEGER,
  estimateCurrency TEXT,
  status          TEXT    NOT NULL,
  step            TEXT    NOT NULL DEFAULT 'submit',
  lease           INTEGER,               -- engine run that is touching it
  runAt           INTEGER NOT NULL,
  attempt         INTEGER NOT NULL DEFAULT 0, -- creates that came to nothing
  tries           INTEGER NOT NULL DEFAULT 0, -- failures of this step since it began
  checks          INTEGER NOT NULL DEFAULT 0, -- looks at the operation
  renewals        INTEGER NOT NULL DEFAULT 0, -- links that had died and were asked for anew
  misses          INTEGER NOT NULL DEFAULT 0, -- 404s in a row (money rule 9)
  intentNo        INTEGER NOT NULL DEFAULT 0,
  intentId        TEXT,                  -- the create that its operation and money belong to
  operation       TEXT,                  -- Operation
  outputs         TEXT,                  -- OutputSource[] of the last succeeded check
  progress        REAL,
  providerState   TEXT,                  -- queued | running, with a position
  error           TEXT,                  -- JobError
  needsYou        TEXT,                  -- { code, message, evidence, actions }
  cancelRequested INTEGER NOT NULL DEFAULT 0,
  cancelSent      INTEGER NOT NULL DEFAULT 0,
  cancelNote      TEXT,
  paused          INTEGER NOT NULL DEFAULT 0,
  priority        INTEGER NOT NULL DEFAULT 0,
  position        REAL    NOT NULL,      -- order within the batch; fractions by reordering
  firstFrameSha256 TEXT,                 -- for thumbnails
  hidden          INTEGER NOT NULL DEFAULT 0,
  retryOfJobId    TEXT,
  retriedBy       TEXT,                  -- the job that took this one's place
  createdAt       INTEGER NOT NULL,
  submittedAt     INTEGER,
  renderedAt      INTEGER,               -- a look first said that the render succeeded
  startedAt       INTEGER,
  finishedAt      INTEGER,
  revision        INTEGER NOT NULL
) STRICT;
CREATE INDEX jobs_claim ON jobs (provider, status, batchId, priority DESC, position) WHERE status IN ('queued', 'waiting');
CREATE INDEX jobs_due ON jobs (runAt) WHERE status = 'running' AND lease IS NULL;
CREATE INDEX jobs_slots ON jobs (provider, credential, step) WHERE status = 'running';
CREATE INDEX jobs_leased ON jobs (lease) WHERE lease IS NOT NULL;
-- Pages in queue order and all their filters are read from the index alone: five times as fast as
-- the rows, which carry the request.
CREATE INDEX jobs_page ON jobs (batchId, status, position, provider, prompt) WHERE hidden = 0;
CREATE INDEX jobs_finished ON jobs (finishedAt, provider, credential, status) WHERE finishedAt IS NOT NULL;
CREATE INDEX jobs_batch_finished ON jobs (batchId, finishedAt) WHERE finishedAt IS NOT NULL;
CREATE INDEX jobs_status ON jobs (status, seq);
CREATE INDEX jobs_revision ON jobs (revision);

-- Counts per batch and status, kept by triggers: aggregates without scanning 100,000 rows.
CREATE TABLE job_counts (
  batchId TEXT    NOT NULL,
  status  TEXT    NOT NULL,
  n       INTEGER NOT NULL,
  PRIMARY KEY (batchId, status)
) STRICT, WITHOUT ROWID;
CREATE INDEX job_counts_open ON job_counts (status, batchId) WHERE n > 0;
-- Sums of the estimates per batch; '' stands for jobs that no price is known for.
CREATE TABLE batch_estimates (
  batchId  TEXT    NOT NULL,
  currency TEXT    NOT NULL,
  micros   INTEGER NOT NULL,
  PRIMARY KEY (batchId, currency)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER jobs_count_insert AFTER INSERT ON jobs WHEN new.hidden = 0 BEGIN
  INSERT INTO job_counts VALUES (new.batchId, new.status, 1) ON CONFLICT DO UPDATE SET n = n + 1;
  INSERT INTO batch_estimates VALUES (new.batchId, coalesce(new.estimateCurrency, ''), coalesce(new.estimateMicros, 0))
  ON CONFLICT DO UPDATE SET micros = micros + excluded.micros;
END;
CREATE TRIGGER jobs_count_update AFTER UPDATE OF status, hidden ON jobs
WHEN old.status <> new.status OR old.hidden <> new.hidden BEGIN
  UPDATE job_counts SET n = n - 1 WHERE old.hidden = 0 AND batchId = old.batchId AND status = old.status;
  INSERT INTO job_counts SELECT new.batchId, new.status, 1 WHERE new.hidden = 0 ON CONFLICT DO UPDATE SET n = n + 1;
END;
CREATE TRIGGER jobs_count_delete AFTER DELETE ON jobs WHEN old.hidden = 0 BEGIN
  UPDATE job_counts SET n = n - 1 WHERE batchId = old.batchId AND status = old.status;
END;

-- Every counted try and what went wrong, for people.
CREATE TABLE attempts (
  id        INTEGER PRIMARY KEY,
  jobId     TEXT    NOT NULL,
  step      TEXT    NOT NULL,
  attempt   INTEGER NOT NULL,
  at        INTEGER NOT NULL,
  error     TEXT    NOT NULL             -- JobError
) STRICT;
CREATE INDEX attempts_job ON attempts (jobId);
CREATE INDEX attempts_at ON attempts (at);

-- One row per create call that was about to leave (money rule 2).
CREATE TABLE intents (
  id              TEXT PRIMARY KEY,      -- jobId:intentNo, which is also the idempotency key
  jobId           TEXT    NOT NULL,
  intentNo        INTEGER NOT NULL,
  version         INTEGER NOT NULL,
  provider        TEXT    NOT NULL,
  credential      TEXT    NOT NULL,
  endpoint        TEXT    NOT NULL,
  url             TEXT    NOT NULL,
  headers         TEXT    NOT NULL,
  body            BLOB,                  -- exact bytes; null once settled
  bodySha256      TEXT    NOT NULL,
  fingerprint     TEXT    NOT NULL,
  submitStartedAt INTEGER NOT NULL,
  sends           INTEGER NOT NULL DEFAULT 1, -- same bytes, same key
  lastSentAt      INTEGER NOT NULL,
  outcome         TEXT    NOT NULL,      -- open | accepted | notSent | refused | unknown | dropped
  passes          INTEGER NOT NULL DEFAULT 0, -- full list passes that found nothing
  nextLookAt      INTEGER,               -- when the provider is asked again; null when settled
  watchUntil      INTEGER,               -- a late match is looked for until then
  error           TEXT,                  -- JobError that left it unknown
  settledAt       INTEGER,
  settledBy       TEXT                   -- answer | list | sameKey | person | recovery
) STRICT;
CREATE INDEX intents_unsettled ON intents (provider, credential) WHERE outcome IN ('open', 'unknown');
CREATE INDEX intents_look ON intents (nextLookAt) WHERE nextLookAt IS NOT NULL;
CREATE INDEX intents_job ON intents (jobId);
CREATE INDEX intents_sent ON intents (provider, credential, submitStartedAt);

CREATE TABLE operations (
  provider    TEXT NOT NULL,
  account     TEXT NOT NULL,             -- credential id
  operationId TEXT NOT NULL,
  jobId       TEXT NOT NULL,
  intentId    TEXT,
  version     INTEGER NOT NULL,
  data        TEXT NOT NULL,
  createdAt   INTEGER NOT NULL,
  PRIMARY KEY (provider, account, operationId)
) STRICT, WITHOUT ROWID;
CREATE INDEX operations_job ON operations (jobId);
CREATE INDEX operations_id ON operations (operationId); -- whoever owns it, under whichever key

-- One row per intent: what it holds of the caps. State moves reserved -> confirmed | released | indeterminate.
CREATE TABLE charges (
  intentId    TEXT PRIMARY KEY,
  jobId       TEXT    NOT NULL,
  batchId     TEXT    NOT NULL,
  provider    TEXT    NOT NULL,
  state       TEXT    NOT NULL,
  micros      INTEGER NOT NULL,
  reservedMicros INTEGER NOT NULL,
  currency    TEXT    NOT NULL,
  estimated   INTEGER NOT NULL,
  night       TEXT    NOT NULL,          -- period fixed at the claim, e.g. 2026-11-22
  month       TEXT    NOT NULL,          -- e.g. 2026-11
  createdAt   INTEGER NOT NULL,
  updatedAt   INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX charges_job ON charges (jobId);
CREATE INDEX charges_batch ON charges (batchId);
-- Confirmed without a bill: what makes a sum an estimate.
CREATE INDEX charges_guessed_batch ON charges (batchId) WHERE state = 'confirmed' AND estimated = 1 AND micros > 0;
CREATE INDEX charges_guessed_night ON charges (night) WHERE state = 'confirmed' AND estimated = 1 AND micros > 0;

-- Sums of charges per scope, kept by triggers, so that a claim checks a cap in one look.
CREATE TABLE charge_totals (
  scope       TEXT    NOT NULL,          -- batch | night | month | provider
  scopeId     TEXT    NOT NULL,
  currency    TEXT    NOT NULL,
  reserved    INTEGER NOT NULL DEFAULT 0,
  confirmed   INTEGER NOT NULL DEFAULT 0,
  indeterminate INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (scope, scopeId, currency)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER charges_total_insert AFTER INSERT ON charges BEGIN
  INSERT INTO charge_totals (scope, scopeId, currency, reserved, confirmed, indeterminate)
  SELECT s.scope, s.scopeId, new.currency,
         iif(new.state = 'reserved', new.micros, 0), iif(new.state = 'confirmed', new.micros, 0), iif(new.state = 'indeterminate', new.micros, 0)
  FROM (SELECT 'batch' AS scope, new.batchId AS scopeId UNION ALL SELECT 'night', new.night
        UNION ALL SELECT 'month', new.month UNION ALL SELECT 'provider', new.provider) AS s WHERE true
  ON CONFLICT DO UPDATE SET reserved = reserved + excluded.reserved, confirmed = confirmed + excluded.confirmed, indeterminate = indeterminate + excluded.indeterminate;
END;
CREATE TRIGGER charges_total_update AFTER UPDATE ON charges BEGIN
  UPDATE charge_totals SET
    reserved      = reserved      - iif(old.state = 'reserved', old.micros, 0)      + iif(new.state = 'reserved', new.micros, 0),
    confirmed     = confirmed     - iif(old.state = 'confirmed', old.micros, 0)     + iif(new.state = 'confirmed', new.micros, 0),
    indeterminate = indeterminate - iif(old.state = 'indeterminate', old.micros, 0) + iif(new.state = 'indeterminate', new.micros, 0)
  WHERE currency = new.currency AND (
    (scope = 'batch' AND scopeId = new.batchId) OR (scope = 'night' AND scopeId = new.night) OR
    (scope = 'month' AND scopeId = new.month) OR (scope = 'provider' AND scopeId = new.provider));
END;

-- Caps beside those of batches. night and month name every period of that kind.
CREATE TABLE caps (
  scope    TEXT PRIMARY KEY,             -- night | month
  micros   INTEGER NOT NULL,
  currency TEXT    NOT NULL,
  timeZone TEXT    NOT NULL
) STRICT, WITHOUT ROWID;

-- What stops a lane, and until when; null until waits for the person.
CREATE TABLE lanes (
  provider    TEXT NOT NULL,
  credential  TEXT NOT NULL,
  paused      INTEGER NOT NULL DEFAULT 0, -- by the person
  heldUntil   INTEGER,
  heldReason  TEXT,                       -- JobError
  needsPerson INTEGER NOT NULL DEFAULT 0,
  concurrency INTEGER,                    -- set by the person, else the provider's default
  PRIMARY KEY (provider, credential)
) STRICT, WITHOUT ROWID;

-- A final name is reserved before the first byte arrives; case-folded, so that no system overwrites.
CREATE TABLE outputs (
  pathKey TEXT PRIMARY KEY,
  path    TEXT NOT NULL,
  jobId   TEXT NOT NULL,
  takeNo  INTEGER NOT NULL,
  sha256  TEXT                            -- of the whole file, noted before it gets the name
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX outputs_job ON outputs (jobId, takeNo);

CREATE TABLE takes (
  seq           INTEGER PRIMARY KEY,
  id            TEXT    NOT NULL UNIQUE,
  jobId         TEXT    NOT NULL,
  batchId       TEXT    NOT NULL,
  outputNo      INTEGER NOT NULL,        -- every output of an operation becomes a take
  row           INTEGER NOT NULL,
  take          INTEGER NOT NULL,
  prompt        TEXT    NOT NULL,
  provider      TEXT    NOT NULL,
  model         TEXT    NOT NULL,
  modelName     TEXT    NOT NULL,
  seed          INTEGER,
  path          TEXT    NOT NULL,
  posterPath    TEXT,
  filmstripPath TEXT,
  sidecarPath   TEXT,
  bytes         INTEGER NOT NULL,
  sha256        TEXT    NOT NULL,
  facts         TEXT,                    -- MediaFacts
  costMicros    INTEGER,
  costCurrency  TEXT,
  costEstimated INTEGER,
  rating        INTEGER NOT NULL DEFAULT 0,
  flag          TEXT    NOT NULL DEFAULT 'none',
  seenAt        INTEGER,
  trashedAt     INTEGER,
  tags          TEXT    NOT NULL DEFAULT '[]',
  note          TEXT    NOT NULL DEFAULT '',
  renderMs      INTEGER,
  createdAt     INTEGER NOT NULL,
  revision      INTEGER NOT NULL,
  UNIQUE (jobId, outputNo)
) STRICT;
CREATE INDEX takes_batch ON takes (batchId, row, take);
CREATE INDEX takes_revision ON takes (revision);
-- Counts are read from the index alone.
CREATE INDEX takes_facets ON takes (batchId, model, trashedAt, seenAt, flag, rating);

-- How long renders of a route took, newest kept: the first poll is made when it is worth making.
CREATE TABLE render_times (
  route   TEXT    NOT NULL,
  at      INTEGER NOT NULL,
  renderMs INTEGER NOT NULL,
  outputSeconds REAL NOT NULL,
  bytes   INTEGER NOT NULL
) STRICT;

-- Worst bill over estimate seen per route; a reservation is the estimate times this (money rule 18).
CREATE TABLE overruns (
  route TEXT PRIMARY KEY,
  ratio REAL NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX render_times_route ON render_times (route, at);
`
