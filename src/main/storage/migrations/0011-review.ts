/** What takes are judged by beside their makers, and which sidecars are behind. Forward only, as every migration. */
export const reviewTables = `
ALTER TABLE jobs ADD COLUMN template TEXT; -- as the row says it; null where the row says the prompt itself

-- Takes whose sidecar does not say yet what the person said of them; a change while one is written counts on.
CREATE TABLE sidecars_due (
  takeId TEXT    PRIMARY KEY,
  change INTEGER NOT NULL DEFAULT 1
) STRICT, WITHOUT ROWID;
INSERT INTO sidecars_due (takeId) SELECT id FROM takes
WHERE rating <> 0 OR flag <> 'none' OR seenAt IS NOT NULL OR trashedAt IS NOT NULL OR tags <> '[]' OR note <> ''
   OR id IN (SELECT takeId FROM clips) OR id IN (SELECT takeA FROM blind_pairs WHERE vote IS NOT NULL);

CREATE TRIGGER takes_said AFTER UPDATE OF rating, flag, seenAt, trashedAt, tags, note ON takes BEGIN
  INSERT INTO sidecars_due (takeId) VALUES (new.id) ON CONFLICT DO UPDATE SET change = change + 1;
END;
-- A sidecar that is written anew says nothing of the person.
CREATE TRIGGER takes_sidecar AFTER UPDATE OF sidecarPath ON takes
WHEN new.sidecarPath IS NOT NULL AND (new.rating <> 0 OR new.flag <> 'none' OR new.seenAt IS NOT NULL
  OR new.trashedAt IS NOT NULL OR new.note <> '' OR EXISTS (SELECT 1 FROM clips WHERE takeId = new.id)) BEGIN
  INSERT INTO sidecars_due (takeId) VALUES (new.id) ON CONFLICT DO UPDATE SET change = change + 1;
END;
CREATE TRIGGER clips_made AFTER INSERT ON clips BEGIN
  INSERT INTO sidecars_due (takeId) VALUES (new.takeId) ON CONFLICT DO UPDATE SET change = change + 1;
END;
CREATE TRIGGER clips_changed AFTER UPDATE ON clips BEGIN
  INSERT INTO sidecars_due (takeId) VALUES (new.takeId) ON CONFLICT DO UPDATE SET change = change + 1;
END;
CREATE TRIGGER pairs_voted AFTER UPDATE OF vote ON blind_pairs BEGIN
  INSERT INTO sidecars_due (takeId) VALUES (new.takeA) ON CONFLICT DO UPDATE SET change = change + 1;
END;
`
