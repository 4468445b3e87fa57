import type { Behaviour, Mode, Warning } from './model.ts'
import type { DraftId, DraftRowId } from './draft.ts'
import type { Json } from './json.ts'
import type { ModelId, ProviderId, RouteId } from './ids.ts'
import type { Money } from './money.ts'
import type { TemplateProblem } from '../template/syntax.ts'

/** Something that keeps the draft from running, at its place, with its mend. */
export interface DraftProblem {
  /** Null: the draft as a whole. */
  readonly rowId: DraftRowId | null
  /** A field of `DraftRow`, or `variables.NAME`, `options.NAME`; null: the whole row. */
  readonly column: string | null
  /** Stable, camelCase, e.g. `emptyPrompt`. */
  readonly code: string
  readonly message: string
  readonly mend: string
}

/** What one row comes to. */
export interface RowCheck {
  readonly rowId: DraftRowId
  readonly jobs: number
  /** Of its priced jobs, one amount per currency; empty when none has a price. */
  readonly estimate: readonly Money[]
  readonly unpricedJobs: number
  /** Where its jobs go, each once, in their order. */
  readonly providers: readonly ProviderId[]
  readonly problems: readonly DraftProblem[]
  readonly warnings: readonly Warning[]
}

/** The same change on many jobs, said once. */
export interface WarningGroup {
  readonly field: string
  readonly behaviour: Behaviour
  readonly model: ModelId
  readonly modelName: string
  readonly message: string
  readonly jobs: number
  /** The first 50 rows it is about. */
  readonly rowIds: readonly DraftRowId[]
}

export interface ModelTotal {
  readonly model: ModelId
  readonly modelName: string
  readonly provider: ProviderId
  readonly jobs: number
  readonly unpricedJobs: number
  readonly estimate: readonly Money[]
}

/** What the whole draft comes to, before anything exists. */
export interface DraftCheck {
  readonly draftId: DraftId
  /** The revision that was looked at; older than the draft's own: ask again. */
  readonly revision: number
  /** Of everything that would be sent. Hand it back to `drafts.run`: what was confirmed is what runs. */
  readonly digest: string
  /** Rows that are not empty. */
  readonly rows: number
  readonly jobs: number
  readonly estimate: readonly Money[]
  readonly unpricedJobs: number
  readonly totals: readonly ModelTotal[]
  /** The first 10,000, in row order. */
  readonly problems: readonly DraftProblem[]
  readonly problemCount: number
  /** The 1,000 that touch most jobs. */
  readonly warnings: readonly WarningGroup[]
  readonly warningCount: number
  /** Time on the lanes until the last job is done; null when it cannot be told. */
  readonly expectedMs: number | null
  readonly disk: { readonly neededBytes: number | null; readonly freeBytes: number | null }
}

/** How one field of the request reaches the wire. */
export interface WireField {
  /** The wire's own name; null when it is dropped. */
  readonly name: string | null
  /** The canonical field it comes from, e.g. `durationSeconds`. */
  readonly from: string
  /** As sent; frames by name and size. Null when dropped. */
  readonly value: Json
  readonly behaviour: Behaviour
  /** Why, when it is not simply passed. */
  readonly message: string | null
}

/** What will be sent for one model of a row (its first expansion and take), and what that costs. */
export interface WirePreview {
  readonly model: ModelId
  readonly modelName: string
  readonly provider: ProviderId
  readonly providerName: string
  readonly route: RouteId
  /** Why this way of several, in words; null where there was nothing to choose. */
  readonly routeWhy: string | null
  readonly mode: Mode
  readonly endpoint: string
  readonly prompt: string
  readonly fields: readonly WireField[]
  /** Jobs of this row that go this way. */
  readonly jobs: number
  /** Of one job; null: no known price. */
  readonly estimate: Money | null
  readonly total: Money | null
  /** How it was computed, e.g. `8 s × $0.18`; null without a price. */
  readonly priceText: string | null
}

/** What the template of one row makes, page by page, before anything exists. */
export interface TemplatePreview {
  /** Prompts that the row makes, in digits; how they are drawn included. */
  readonly count: string
  /** Of every combination, in digits: what a random draw draws from. */
  readonly all: string
  readonly from: number
  readonly prompts: readonly string[]
  readonly problems: readonly TemplateProblem[]
  /** Jobs and money of the first prompt; null where the row has a problem. */
  readonly each: RowCheck | null
  /** Names that `__name__` may use. */
  readonly lists: readonly string[]
}
