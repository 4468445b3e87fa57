import type { TakeId } from '../../shared/domain/ids.ts'
import type { JobStore, JobTx } from '../jobs/ports.ts'
import type { CommitGroup } from './commitGroup.ts'
import { batches } from './jobStore/batches.ts'
import { charges } from './jobStore/charges.ts'
import { claims } from './jobStore/claims.ts'
import { intents } from './jobStore/intents.ts'
import { jobRows } from './jobStore/jobRows.ts'
import { order } from './jobStore/order.ts'
import { projects } from './jobStore/projects.ts'
import { takes } from './jobStore/takes.ts'
import type { Revisions } from './revisions.ts'
import type { SqlDatabase } from './sqlite.ts'

/** The queue's store on SQLite: writes go through the commit group, reads see what is committed. */
export function createJobStore({
  db,
  group,
  newTakeId,
  revisions,
}: {
  db: SqlDatabase
  group: CommitGroup
  newTakeId: () => TakeId
  revisions: Revisions
}): JobStore {
  const tx: JobTx = {
    ...jobRows(db, revisions),
    ...claims(db),
    ...order(db, revisions),
    ...projects(db),
    ...intents(db),
    ...charges(db),
    ...takes(db, revisions, newTakeId),
    ...batches(db, revisions),
  }
  return { write: (fn) => group.write(() => fn(tx)), read: (fn) => fn(tx) }
}
