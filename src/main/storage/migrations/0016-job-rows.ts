/** Finds the takes of one row of a batch. Forward only, as every migration. */
export const jobRowTables = `
CREATE INDEX jobs_row ON jobs (batchId, row, take);
`
