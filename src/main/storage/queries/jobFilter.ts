import type { JobFilter } from '../../../shared/domain/views.ts'
import { contains, equal, type Condition } from './like.ts'

/** What a filter of the queue asks of rows of `jobs`; statuses are the caller's. */
export const filterConditions = ({
  batchId,
  provider,
  model,
  project,
  text,
}: JobFilter): readonly (Condition | null)[] => [
  equal('batchId = ?', batchId),
  equal('provider = ?', provider),
  equal('model = ?', model),
  equal('batchId IN (SELECT id FROM batches WHERE project = ?)', project),
  contains('prompt', text),
]
