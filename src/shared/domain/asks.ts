import type { Cap } from './batch.ts'
import type { JobError } from './errors.ts'
import type { BatchId, ProviderId } from './ids.ts'
import type { HoldView } from './views.ts'

/** What waits for a person beside single jobs: lanes, models, caps, keys, break points, and failures with one cause. */
export interface Asks {
  readonly holds: readonly HoldView[]
  readonly stops: readonly BatchStop[]
  readonly failures: readonly FailureAsk[]
}

/** Jobs that do not start before a person acts: one for each cap, price, key or break point that is asked about. */
export interface BatchStop {
  readonly provider: ProviderId
  readonly providerName: string
  readonly why: 'cap' | 'unpriced' | 'noKey' | 'breakPoint'
  /** A sentence without its full stop. */
  readonly words: string
  /** Whose cap or break point it is; null of a key. */
  readonly scope: CapReached['scope'] | null
  /** Of a cap that is reached. */
  readonly cap: CapReached | null
  /** When a cap counts anew, epoch ms; null: by itself never. */
  readonly until: number | null
  /** At least one; of a batch's own cap only that. None of their jobs may wait where some render. */
  readonly batches: readonly StoppedBatch[]
}

export interface StoppedBatch {
  readonly id: BatchId
  readonly name: string
  readonly project: string | null
  readonly jobs: number
  /** Of a missing key: jobs at the provider that cannot be looked at without it. */
  readonly rendering?: number
}

export interface CapReached {
  readonly scope: 'batch' | 'project' | 'night' | 'month'
  readonly cap: Cap
  /** Spent, set aside and in doubt together. */
  readonly heldMicros: number
  /** What the next job needs; null: no price is known for it, and the person allowed that. */
  readonly nextMicros: number | null
}

/** Failed jobs that nobody has tried again, alike in class and cause. */
export interface FailureAsk {
  readonly error: JobError
  readonly provider: ProviderId
  readonly providerName: string
  readonly jobs: number
  readonly newestAt: number
  /** Epoch ms; older ones are not among them. */
  readonly since: number
  /** Row numbers of the first few. */
  readonly rows: readonly number[]
}

export const NO_ASKS: Asks = Object.freeze({ holds: [], stops: [], failures: [] })
