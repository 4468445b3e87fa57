/** Finds the takes with tags among many without. Forward only, as every migration. */
export const taggedTakeTables = `
CREATE INDEX takes_tagged ON takes (batchId) WHERE tags <> '[]';
`
