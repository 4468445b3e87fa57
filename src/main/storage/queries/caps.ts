import type { BatchId, ProviderId } from '../../../shared/domain/ids.ts'
import type { CapView } from '../../../shared/domain/views.ts'
import { heldMicros, type CapScope } from '../../jobs/budget.ts'
import { periodsAt } from '../../jobs/periods.ts'
import type { Blocked } from '../../jobs/whyWaiting.ts'
import { capStates, storedZone } from '../jobStore/charges.ts'
import { num, text } from '../jobStore/readers.ts'
import type { SqlDatabase } from '../sqlite.ts'

export interface CapSources {
  readonly now: number
  readonly providers: ReadonlyMap<ProviderId, unknown>
  readonly blocked: (batchId: BatchId, provider: ProviderId) => Blocked | null
}

/** The caps that stand: of the night and the month that are now, and of every unfinished batch. */
export function capViews(db: SqlDatabase, sources: CapSources): readonly CapView[] {
  const timeZone = storedZone(db)
  const periods = periodsAt(sources.now, timeZone)
  const open = db
    .all(
      "SELECT b.id, b.name, sum(c.n) AS n FROM batches b JOIN job_counts c ON c.batchId = b.id WHERE c.status IN ('queued', 'waiting') AND c.n > 0 GROUP BY b.id",
    )
    .map((row) => ({
      id: text(row['id']) as BatchId,
      name: text(row['name']),
      jobs: num(row['n']),
    }))
  const holders = open.map((batch) => ({ ...batch, by: holdersOf(batch.id, sources) }))
  const ofPeriods = capStates(db, { batchId: null, periods })
  const views = ofPeriods.map((state) => {
    const waiting = holders.filter(({ by }) => by.includes(state.scope))
    const jobs = waiting.reduce((sum, { jobs: some }) => sum + some, 0)
    const period = state.scope === 'night' ? periods.night : periods.month
    return { ...viewOf(state), period, timeZone, batchId: null, name: null, holdsJobs: jobs }
  })
  const ofBatches = holders.flatMap(({ id, name, jobs, by }) =>
    capStates(db, { batchId: id, periods })
      .filter(({ scope }) => scope === 'batch')
      .map((state) => ({
        ...viewOf(state),
        period: null,
        timeZone: null,
        batchId: id,
        name,
        holdsJobs: by.includes('batch') ? jobs : 0,
      })),
  )
  return [...views, ...ofBatches]
}

const viewOf = ({ scope, cap, extraMicros, held }: ReturnType<typeof capStates>[number]) => ({
  scope,
  cap: { ...cap, micros: cap.micros - extraMicros },
  extraMicros,
  heldMicros: heldMicros(held),
})

/** The caps that held a batch's jobs back at the last claim. */
const holdersOf = (id: BatchId, { providers, blocked }: CapSources): readonly CapScope[] =>
  [...providers.keys()].flatMap((provider) => blocked(id, provider)?.cap?.scope ?? [])
