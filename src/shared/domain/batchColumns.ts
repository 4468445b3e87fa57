/** Columns of a batch file with a meaning of their own (command line, "Batch files"). Any other is a variable. */
export const COLUMNS = [
  'prompt',
  'negative_prompt',
  'first_frame',
  'last_frame',
  'reference',
  'provider',
  'model',
  'duration',
  'size',
  'aspect_ratio',
  'resolution',
  'seed',
  'takes',
  'name',
  'tags',
] as const
export type ColumnName = (typeof COLUMNS)[number]

/** What the names of batch files end in. */
export const BATCH_ENDINGS: readonly string[] = ['.csv', '.tsv', '.tab', '.xlsx', '.json', '.txt']
