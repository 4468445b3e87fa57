import type { BatchId, JobId, ProviderId } from '../../../shared/domain/ids.ts'
import type { TonightView } from '../../../shared/domain/views.ts'
import type { Queries } from '../../engine.ts'
import type { Arrival } from '../../jobs/arrivals.ts'
import { waitsForPerson, type Blocked } from '../../jobs/whyWaiting.ts'
import type { SqlDatabase } from '../sqlite.ts'
import { readAsks } from './asks.ts'
import { batchView, batchViews } from './batchViews.ts'
import { capViews } from './caps.ts'
import type { FinishSources } from './expectedFinish.ts'
import { holdViews } from './holds.ts'
import { moveViews } from './moves.ts'
import { jobDetail, jobsSince, needsYou } from './jobDetails.ts'
import { jobIds, jobPage } from './jobPages.ts'
import { laneSources, laneViews, spendBy, type LaneProviders } from './lanesAndSpend.ts'
import { providerUse } from './providerUse.ts'
import { projectViews } from './projectViews.ts'
import { failureGroups, queueFacets } from './queueFacets.ts'
import { reasonsNow } from './reasons.ts'
import { takeFacets } from './takeFacets.ts'
import { priceAccuracy } from './priceAccuracy.ts'
import { takeById, takeCounts, takePage, trashSize } from './takePages.ts'
import { tonightView } from './tonight.ts'
import { statusCounts, unfinishedBatchByDigest } from './totals.ts'
import { waitsOf } from './waits.ts'

export interface QuerySources {
  /** The engine's own connection, or one of `openReader`. */
  readonly db: SqlDatabase
  /** Epoch ms. */
  readonly now: () => number
  /** In the order in which screens show them. */
  readonly providers: LaneProviders
  /** Why jobs of a batch on a provider wait, where an engine of this process knows. */
  readonly blocked: (batchId: BatchId, provider: ProviderId) => Blocked | null
  /** A key of it is here now, or none is needed; as the last look said without. */
  readonly hasKey?: (provider: ProviderId) => boolean
  /** How much of a file that is being fetched is here, where an engine of this process knows. */
  readonly arrived?: (id: JobId) => Arrival | null
  /** Why nothing is claimed; what the database says of it is found without. */
  readonly halted?: () => TonightView['halted']
  /** Night windows; always open without. */
  readonly window?: () => TonightView['window']
  readonly rest?: () => TonightView['rest']
}

/**
 * What screens and commands look at. Each answer is one page or one aggregate, read from an index.
 * Throws SQLite's error when the file cannot be read any more.
 */
export function createQueries(sources: QuerySources): Queries {
  const { db, now, providers } = sources
  const lanes = () => laneSources(db, providers)
  const window = () => sources.window?.() ?? { kind: 'always' as const }
  const finish = (): FinishSources => ({
    now: now(),
    lanes: lanes(),
    window: window(),
    ...haltsOf(sources),
  })
  const batch = () => ({ ...finish(), reasonFor: reasonsNow(sources) })
  return {
    tonight: () =>
      tonightView(db, {
        ...finish(),
        halted: sources.halted?.() ?? null,
        rest: sources.rest?.() ?? null,
      }),
    counts: (batchId) => statusCounts(db, batchId),
    batches: ({ unfinishedOnly }) =>
      batchViews(db, { unfinishedOnly: unfinishedOnly === true, ...batch() }),
    batch: (id) => batchView(db, { id, ...batch() }),
    unfinishedBatchByDigest: (digest) => unfinishedBatchByDigest(db, digest),
    jobs: (query) => jobPage(db, query, reasonsNow(sources)),
    jobIds: (filter) => jobIds(db, filter),
    facets: (filter) => queueFacets(db, filter),
    projects: () => projectViews(db),
    failures: (filter) => failureGroups(db, filter),
    waits: (scope) => waitsOf(db, { ...scope, now: now() }, reasonsNow(sources)),
    job: (id) => jobDetail(db, id, reasonsNow(sources)),
    jobsSince: (revision, limit) => jobsSince(db, { revision, limit }, reasonsNow(sources)),
    takes: (query) => takePage(db, query),
    take: (id) => takeById(db, id),
    takeCounts: (filter) => takeCounts(db, filter),
    takeFacets: (filter) => takeFacets(db, filter),
    trashSize: (ids) => trashSize(db, ids),
    lanes: () => laneViews(db, lanes(), now()),
    holds: () => holdViews(db, providers, now()),
    moves: (batchId) => moveViews(db, batchId),
    priceAccuracy: () => priceAccuracy(db),
    caps: () => capViews(db, { now: now(), providers, blocked: sources.blocked }),
    needsYou: (limit) => needsYou(db, limit),
    asks: () => readAsks(sources),
    spend: (by, project) => spendBy(db, { by, project }),
    providerUse: () => providerUse(db, now()),
  }
}

/** Goes on by itself; when, nobody knows. */
const HALTED: ReadonlySet<Blocked['why']> = new Set<Blocked['why']>(['halted', 'onBattery'])

/** What of the work left does not go on now. */
const haltsOf = ({ blocked }: QuerySources): Pick<FinishSources, 'restsUntil' | 'isStuck'> => ({
  restsUntil: ({ batchId, provider }) => {
    const block = blocked(batchId, provider)
    return block?.why === 'held' ? block.until : null
  },
  isStuck: ({ batchId, provider }) => {
    const block = blocked(batchId, provider)
    return block !== null && (waitsForPerson(block.why) || HALTED.has(block.why))
  },
})
