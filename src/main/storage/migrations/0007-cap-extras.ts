/** What a person allowed above a cap for one night or one month. Forward only, as every migration. */
export const capExtraTables = `
CREATE TABLE cap_extras (
  scope    TEXT NOT NULL,                -- night | month
  scopeId  TEXT NOT NULL,                -- the period, as in charges
  currency TEXT NOT NULL,
  micros   INTEGER NOT NULL,
  PRIMARY KEY (scope, scopeId, currency)
) STRICT, WITHOUT ROWID;
`
