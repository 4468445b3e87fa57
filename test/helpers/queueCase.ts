import type { Cap } from '../../src/shared/domain/batch.ts'
import type { QueueContext } from '../../src/main/jobs/context.ts'
import type { JobRow } from '../../src/main/jobs/jobRow.ts'
import type { VideoProvider } from '../../src/main/providers/spec.ts'
import { fakeClock, type FakeClock } from './fakeClock.ts'
import { planOf, startQueue, type QueueHarness } from './queueHarness.ts'
import {
  scriptedProvider,
  type CheckScript,
  type FakeDelivery,
  type ScriptedProvider,
  type SubmitScript,
} from './scriptedProvider.ts'

/** One batch on one scripted provider: what is not said behaves well. */
export interface QueueCase {
  /** What the creates come to, in turn; after that they are accepted. */
  readonly submits?: readonly SubmitScript[]
  /** What the looks at each render say, in turn; the last one stays. */
  readonly checks?: readonly CheckScript[]
  readonly jobs?: number
  readonly twins?: boolean
  readonly micros?: number | null
  readonly cap?: Cap | null
  readonly list?: boolean
  readonly listLag?: number
  readonly concurrency?: number
  /** The keys of the provider, in their order; one without. */
  readonly keys?: readonly string[]
  readonly idempotency?: 'key' | 'none'
  readonly storeError?: () => Error | null
  readonly afterWrite?: (value: unknown) => Promise<void>
  readonly isQuiet?: boolean
  readonly baseUrls?: () => Readonly<Record<string, string>>
  readonly priceNow?: QueueContext['priceNow']
  readonly deliver?: FakeDelivery
  readonly change?: (provider: ScriptedProvider, clock: FakeClock) => Partial<VideoProvider>
}

export interface StartedCase {
  readonly h: QueueHarness
  readonly provider: ScriptedProvider
  readonly clock: FakeClock
  readonly jobs: () => readonly JobRow[]
  /** By admission, from 0; throws when there is none. */
  readonly job: (index: number) => JobRow
}

export async function startCase(options: QueueCase): Promise<StartedCase> {
  const clock = fakeClock()
  const script = [...(options.submits ?? [])]
  const plain = scriptedProvider({
    idempotency: options.idempotency ?? 'none',
    list: options.list ?? true,
    listLag: options.listLag ?? 0,
    concurrency: options.concurrency ?? 4,
    now: clock.now,
    nextSubmit: () => script.shift() ?? 'accept',
    checks: () => [...(options.checks ?? ['succeed'])],
  })
  const provider = { ...plain, ...options.change?.(plain, clock) }
  const h = await startQueue({
    clock,
    provider,
    ...(options.keys === undefined ? {} : { keys: options.keys }),
    ...(options.storeError === undefined ? {} : { storeError: options.storeError }),
    ...(options.afterWrite === undefined ? {} : { afterWrite: options.afterWrite }),
    ...(options.isQuiet === undefined ? {} : { isQuiet: options.isQuiet }),
    ...(options.baseUrls === undefined ? {} : { baseUrls: options.baseUrls }),
    ...(options.priceNow === undefined ? {} : { priceNow: options.priceNow }),
    ...(options.deliver === undefined ? {} : { deliver: options.deliver }),
  })
  const { jobs: count = 1, twins = false, cap = null } = options
  const micros = options.micros === undefined ? 100_000 : options.micros
  await h.commands.admit(planOf({ jobs: count, twins, cap, micros }), { again: false })
  const jobs = (): readonly JobRow[] => h.store.read((tx) => tx.jobsOf('all', {}))
  const job = (index: number): JobRow => {
    const row = jobs()[index]
    if (row === undefined) throw new Error(`there is no job ${index}`)
    return row
  }
  return { h, provider, clock, jobs, job }
}
