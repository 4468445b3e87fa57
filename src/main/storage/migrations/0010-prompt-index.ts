/** Finds jobs by any part of their prompt. Forward only, as every migration. */
export const promptIndexTables = `
-- Which jobs have which three letters in a row; what follows what is read in the rows themselves.
CREATE VIRTUAL TABLE jobs_text USING fts5 (
  prompt, content = 'jobs', content_rowid = 'seq', tokenize = 'trigram', detail = none, columnsize = 0
);
INSERT INTO jobs_text (jobs_text) VALUES ('rebuild');
-- Jobs up to here are in the index. A trigger for each new row would make admission twice as slow, so
-- they are added many at a time; those behind are looked at one by one.
CREATE TABLE jobs_text_end (seq INTEGER NOT NULL) STRICT;
INSERT INTO jobs_text_end SELECT coalesce(max(seq), 0) FROM jobs;

CREATE TRIGGER jobs_text_update AFTER UPDATE OF prompt ON jobs
WHEN old.prompt <> new.prompt AND old.seq <= (SELECT seq FROM jobs_text_end) BEGIN
  INSERT INTO jobs_text (jobs_text, rowid, prompt) VALUES ('delete', old.seq, old.prompt);
  INSERT INTO jobs_text (rowid, prompt) VALUES (new.seq, new.prompt);
END;
`
