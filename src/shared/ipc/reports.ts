import type { ErrorKind } from '../domain/errors.ts'
import type { BatchId, JobId, ProviderId } from '../domain/ids.ts'
import type { Money } from '../domain/money.ts'

/** What the queue's commands answer; the engine's own reports, as they cross to the page. */
export interface Admitted {
  readonly batchId: BatchId
  readonly jobs: number
  readonly estimate: Money | null
}

export interface CancelReport {
  readonly cancelled: number
  /** Rendering already: the flag is set, the end comes with the provider's answer. */
  readonly requested: number
  readonly alreadyDone: number
  /** What may still be billed, in words, one per provider. */
  readonly notes: readonly string[]
  readonly undo: UndoId | null
}

/** Names a change that can still be taken back, for as long as this engine runs. */
export type UndoId = number

/** What a change of many jobs came to. */
export interface ChangeReport {
  readonly changed: number
  /** Left as they were, each with its reason. */
  readonly skipped: readonly { readonly jobId: JobId; readonly why: string }[]
  /** Null when nothing changed. */
  readonly undo: UndoId | null
}

export interface UndoReport {
  readonly restored: number
  /** What had moved on meanwhile and was left as it is, in words. */
  readonly notes: readonly string[]
}

export interface RetryReport {
  readonly jobIds: readonly JobId[]
  readonly skipped: readonly {
    readonly jobId: JobId
    readonly why: string
    /** Its last request may have been charged: a person who was told so may insist. */
    readonly inDoubt: boolean
  }[]
  readonly undo: UndoId | null
}

/** Further takes that were queued, and those of which none could be. */
export interface RunAgainReport {
  readonly jobIds: readonly JobId[]
  readonly skipped: readonly { readonly jobId: JobId; readonly why: string }[]
}

export interface SpendRow {
  /** A day (`2026-11-22`), provider, model or batch id, as asked. */
  readonly key: string
  readonly jobs: number
  readonly spent: Money
}

/** What one's own data says of a model; every figure with the number of samples behind it. */
export interface ModelStats {
  readonly model: string
  readonly modelName: string
  readonly provider: ProviderId
  /** Jobs that succeeded or failed. */
  readonly ended: number
  readonly takes: number
  readonly picked: number
  readonly rejected: number
  /** Seconds of video in all takes. */
  readonly seconds: number
  /** Seconds of video in the picked takes. */
  readonly pickedSeconds: number
  /** On its takes, one amount a currency, the largest first; empty: nothing was charged. */
  readonly spent: readonly Money[]
  /** Null until there are samples. */
  readonly medianRenderMs: number | null
  readonly p90RenderMs: number | null
  readonly renderSamples: number
  /** Most frequent first. */
  readonly failures: readonly { readonly kind: ErrorKind; readonly jobs: number }[]
  /** Of jobs whose price the provider named: its sum, and what had been estimated. */
  readonly billed: {
    readonly jobs: number
    readonly micros: number
    readonly estimateMicros: number
    readonly currency: string
  } | null
}
