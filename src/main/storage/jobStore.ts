import type { TakeId } from '../../shared/domain/ids.ts'
import type { JobStore, JobTx } from '../jobs/ports.ts'
import type { CommitGroup } from './commitGroup.ts'
import { batches } from './jobStore/batches.ts'
import { charges } from './jobStore/charges.ts'
import { claims } from './jobStore/claims.ts'
import { intents } from './jobStore/intents.ts'
import { jobRows } from './jobStore/jobRows.ts'
import { orphans } from './jobStore/orphans.ts'
import { rowReader } from './jobStore/readable.ts'
import { order } from './jobStore/order.ts'
import { projects } from './jobStore/projects.ts'
import { takes } from './jobStore/takes.ts'
import { revisionsFrom, type Revisions } from './revisions.ts'
import type { SqlDatabase } from './sqlite.ts'

interface StoreParts {
  readonly db: SqlDatabase
  readonly newTakeId: () => TakeId
  readonly revisions: Revisions
}

/** The queue's store on SQLite: writes go through the commit group, reads see what is committed. */
export function createJobStore({
  group,
  ...parts
}: StoreParts & { readonly group: CommitGroup }): JobStore {
  const tx = jobTx(parts)
  return { write: (fn) => group.write(() => fn(tx)), read: (fn) => fn(tx) }
}

const jobTx = ({ db, revisions, newTakeId }: StoreParts): JobTx => {
  const reader = rowReader(db, revisions)
  return {
    ...jobRows(db, revisions),
    ...orphans(db, reader),
    ...claims(db, reader),
    ...order(db, revisions),
    ...projects(db),
    ...intents(db),
    ...charges(db),
    ...takes(db, revisions, newTakeId),
    ...batches(db, revisions),
  }
}

/** For looking on a database that is open for reading alone: a row that cannot be read is passed over, and its clock is not moved on. */
export function readingTx(db: SqlDatabase): JobTx {
  const reading = { ...db, run: () => 0 }
  const tx = jobTx({ db: reading, revisions: revisionsFrom(db), newTakeId: refuseTakes })
  return { ...tx, advanceClock: (now) => Math.max(now, tx.storedClock() ?? now) }
}

const refuseTakes = (): never => {
  throw new TypeError('a reader was asked to make a take')
}
