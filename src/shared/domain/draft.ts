import type { Cap } from './batch.ts'
import type { FrameId, ModelId, ProviderId } from './ids.ts'

export type DraftId = `draft_${string}`
/** Made by the page, so that a typed row exists at once; unique within its draft. */
export type DraftRowId = `row_${string}`

/** `provider` null: the model's first route that can be used. */
export interface ModelChoice {
  readonly model: ModelId
  readonly provider: ProviderId | null
}

/**
 * A frame of the library, a public https URL that a batch file named, or a picture that one named and
 * that could not be brought in: the cell keeps its name, so that the row does not become another mode.
 */
export type FrameRef = FrameId | `https://${string}` | LostFrame

/** `lost:CODE:NAME`: why, as reading pictures says it, and what the file called it. */
export type LostFrame = `lost:${string}:${string}`

const LOST = /^lost:([a-zA-Z]{1,40}):([\s\S]{1,500})$/

export const lostFrame = (code: string, name: string): LostFrame =>
  `lost:${code}:${name.slice(0, 500)}`

/** Null: the reference is none that was lost. */
export function lostFrameOf(ref: string): { readonly code: string; readonly name: string } | null {
  const [, code, name] = LOST.exec(ref) ?? []
  return code === undefined || name === undefined ? null : { code, name }
}

export const isLibraryFrame = (ref: FrameRef | null): ref is FrameId =>
  ref?.startsWith('frame_') === true

/**
 * One row of the grid, the columns of a batch file. Cells are kept as they were typed: an empty
 * string means absent, and a wrong value is a problem at its place, not a lost keystroke.
 */
export interface DraftRow {
  readonly id: DraftRowId
  /** Order within the draft; any finite number, see `positionsBetween`. */
  readonly position: number
  readonly prompt: string
  /** The prompt is plain text: braces and underscores mean themselves. */
  readonly plain: boolean
  readonly negativePrompt: string
  readonly firstFrame: FrameRef | null
  readonly lastFrame: FrameRef | null
  readonly references: readonly FrameRef[]
  /** Several models are one job each; none means the draft's default. */
  readonly models: readonly ModelChoice[]
  /** Seconds. */
  readonly duration: string
  /** `WxH` or `W:H`. */
  readonly size: string
  readonly aspectRatio: string
  readonly resolution: string
  readonly takes: string
  readonly seed: string
  readonly tags: readonly string[]
  /** For file names. */
  readonly name: string
  /** Values of `{{name}}`; a cell may hold several, see the template rules. */
  readonly variables: Readonly<Record<string, string>>
  /** Provider options by their own names, sent as they are. */
  readonly options: Readonly<Record<string, string>>
}

/** What a row without a value of its own gets. */
export type DraftDefaults = Pick<
  DraftRow,
  'models' | 'duration' | 'size' | 'aspectRatio' | 'resolution' | 'takes' | 'seed'
>

/** How variables with several values combine. */
export type Expand =
  | { readonly kind: 'product' }
  | { readonly kind: 'pairs' }
  | { readonly kind: 'random'; readonly count: number }

/** More jobs from one row are more likely a slip than a wish. */
export const MAX_JOBS_PER_ROW = 10_000

/** What holds for the batch as a whole. */
export interface DraftOptions {
  readonly expand: Expand
  readonly project: string | null
  readonly cap: Cap | null
  /** Run models without a known price although there is a cap. */
  readonly allowUnpriced: boolean
  /** Jobs at once; null leaves it to the lanes. */
  readonly concurrency: number | null
}

/** Which columns a person sees, in which order and how wide. Names that no draft has do no harm. */
export interface ColumnLayout {
  /** By id; columns that are not named follow in their own order. */
  readonly order: readonly string[]
  readonly hidden: readonly string[]
  /** Pixels, by id. */
  readonly widths: Readonly<Record<string, number>>
  /** Columns at the left that stay in view; absent: the first. */
  readonly frozen?: number | undefined
}

/** Characters of a prompt or a value: more than anyone types, little enough that a slip with the clipboard does no harm. */
export const MAX_LONG_TEXT = 50_000
/** Characters of any other cell. */
export const MAX_CELL_TEXT = 2000
/** Characters of a picture's address; those that are signed have some hundreds. */
export const MAX_ADDRESS = 4000
/** Models that a row can name. */
export const MAX_MODELS = 50
/** Columns of variables that a draft can have. */
export const MAX_VARIABLES = 1000

/** A draft without its rows; those are read by page. */
export interface Draft {
  readonly id: DraftId
  readonly name: string
  readonly defaults: DraftDefaults
  readonly options: DraftOptions
  /** Variable columns, in the order they are shown. */
  readonly variables: readonly string[]
  /** Null: it was never laid out. */
  readonly layout: ColumnLayout | null
  readonly rows: number
  readonly createdAt: number
  readonly updatedAt: number
  /** Grows with every change of the draft or of a row of it. */
  readonly revision: number
}

export const NO_DEFAULTS: Readonly<DraftDefaults> = Object.freeze({
  models: [],
  duration: '',
  size: '',
  aspectRatio: '',
  resolution: '',
  takes: '',
  seed: '',
})

/** An empty row at a place. */
export function emptyRow(id: DraftRowId, position: number): DraftRow {
  return {
    ...NO_DEFAULTS,
    id,
    position,
    prompt: '',
    plain: false,
    negativePrompt: '',
    firstFrame: null,
    lastFrame: null,
    references: [],
    tags: [],
    name: '',
    variables: {},
    options: {},
  }
}

/** A row that nobody has begun: it makes no job and no problem. */
export function isBlank(row: DraftRow): boolean {
  const { prompt, negativePrompt, name, firstFrame, lastFrame, references, tags } = row
  // Most rows have a prompt, and some hundreds of variables.
  if (isWritten(prompt) || firstFrame || lastFrame || references.length + tags.length > 0) {
    return false
  }
  return ![negativePrompt, name, ...Object.values(row.variables)].some(isWritten)
}

/** A blank row that says how something would be made, but not what: most often a prompt was forgotten. */
export function isLeftOut(row: DraftRow): boolean {
  if (!isBlank(row)) return false
  const { models, duration, size, aspectRatio, resolution, takes, seed, options } = row
  const cells = [duration, size, aspectRatio, resolution, takes, seed, ...Object.values(options)]
  return models.length > 0 || cells.some(isWritten)
}

const isWritten = (cell: string): boolean => cell.trim() !== ''

/**
 * Places for `count` rows between two neighbours (null: the end of the list). Null when there is no
 * room left between them: number the whole draft anew.
 */
export function positionsBetween(
  before: number | null,
  after: number | null,
  count: number,
): readonly number[] | null {
  const start = before ?? (after ?? 0) - count - 1
  const step = after === null ? 1 : (after - start) / (count + 1)
  const places = Array.from({ length: count }, (_, index) => start + step * (index + 1))
  const all = [start, ...places, ...(after === null ? [] : [after])]
  return all.every((place, index) => index === 0 || place > (all[index - 1] ?? place))
    ? places
    : null
}
