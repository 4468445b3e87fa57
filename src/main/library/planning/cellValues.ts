import { parseSizeText, ratioOf } from '../../../shared/normalise/sizes.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import {
  readAspectRatio,
  readDuration,
  readNames,
  readSeed,
  readTakes,
  type CellFault,
} from '../../../shared/domain/cell.ts'
import { splitValues } from '../../../shared/template/variables.ts'
import type { ColumnName } from '../../../shared/domain/batchColumns.ts'
import type { GenerationRequest } from '../../../shared/domain/generation.ts'
import type { FrameRole } from '../../../shared/domain/model.ts'

/** A frame as a cell names it: a path or an address. */
export interface FrameWish {
  readonly role: FrameRole
  readonly column: ColumnName
  readonly text: string
}

/** What the cells of known columns mean; absent is empty or wrong. */
export interface CellValues extends Pick<
  GenerationRequest,
  'negativePrompt' | 'durationSeconds' | 'size' | 'aspectRatio' | 'resolution' | 'seed'
> {
  readonly prompt?: string | undefined
  readonly provider?: string | undefined
  readonly models?: readonly string[] | undefined
  readonly takes?: number | undefined
  readonly name?: string | undefined
  readonly tags?: readonly string[] | undefined
  readonly frames: readonly FrameWish[]
}

export interface CellSource {
  /** Trimmed; `''` is absent. */
  cell(column: ColumnName): string
  report(column: ColumnName, fault: CellFault): void
}

const FRAME_COLUMNS: readonly (readonly [ColumnName, FrameRole])[] = [
  ['first_frame', 'firstFrame'],
  ['last_frame', 'lastFrame'],
  ['reference', 'reference'],
]

/** Reads every known cell; what is wrong is reported and left out. */
export function readCells(source: CellSource): CellValues {
  const text = (column: ColumnName): string | undefined => source.cell(column) || undefined
  const value = <T>(column: ColumnName, read: (text: string) => Result<T, CellFault>) => {
    const cell = source.cell(column)
    if (cell === '') return undefined
    const result = read(cell)
    if (result.ok) return result.value
    source.report(column, result.error)
    return undefined
  }
  return {
    prompt: text('prompt'),
    negativePrompt: text('negative_prompt'),
    frames: FRAME_COLUMNS.flatMap(([column, role]) => frameWishes(column, role, source)),
    provider: text('provider')?.toLowerCase(),
    models: atLeastOne(value('model', (cell) => ok(readNames(cell)))),
    durationSeconds: value('duration', readDuration),
    aspectRatio: value('aspect_ratio', readAspectRatio),
    ...value('size', readSize),
    resolution: text('resolution'),
    seed: value('seed', readSeed),
    takes: value('takes', readTakes),
    name: text('name'),
    tags: value('tags', (cell) => ok(readNames(cell))),
  }
}

const atLeastOne = <T>(list: readonly T[] | undefined): readonly T[] | undefined =>
  list?.length === 0 ? undefined : list

/** Only a reference may be several pictures, with bars between them. */
function frameWishes(
  column: ColumnName,
  role: FrameRole,
  source: CellSource,
): readonly FrameWish[] {
  const cell = source.cell(column)
  if (cell === '') return []
  const texts = role === 'reference' ? splitValues(cell) : [cell]
  return texts.map((text) => ({ role, column, text }))
}

type Shape = Pick<GenerationRequest, 'size' | 'aspectRatio'>

function readSize(text: string): Result<Shape, CellFault> {
  const shape = parseSizeText(text)
  if (shape !== undefined) return ok(shape)
  return err({
    code: 'badSize',
    message: `"${text}" is not a size.`,
    mend: 'Write pixels such as 1280x720, or a ratio such as 16:9.',
  })
}

/** A row's values win. Size, ratio and resolution together say one thing: the shape. */
export function withDefaults(row: CellValues, defaults: CellValues): CellValues {
  return {
    prompt: row.prompt ?? defaults.prompt,
    negativePrompt: row.negativePrompt ?? defaults.negativePrompt,
    frames: row.frames,
    provider: row.provider ?? defaults.provider,
    models: row.models ?? defaults.models,
    durationSeconds: row.durationSeconds ?? defaults.durationSeconds,
    seed: row.seed ?? defaults.seed,
    takes: row.takes ?? defaults.takes,
    name: row.name ?? defaults.name,
    tags: row.tags ?? defaults.tags,
    ...shapeOf(row, defaults),
  }
}

function shapeOf(row: CellValues, defaults: CellValues): Shape & Pick<CellValues, 'resolution'> {
  const { size, aspectRatio, resolution } = row
  if (size !== undefined) return { size, aspectRatio, resolution }
  if (aspectRatio !== undefined) {
    return { size, aspectRatio, resolution: resolution ?? defaults.resolution }
  }
  if (resolution === undefined) return pickShape(defaults)
  // Exact pixels would win over the resolution that the row asks for: only their shape stays.
  const ratio = defaults.size === undefined ? undefined : ratioOf(defaults.size)
  return { size, aspectRatio: defaults.aspectRatio ?? ratio, resolution }
}

const pickShape = ({ size, aspectRatio, resolution }: CellValues) => ({
  size,
  aspectRatio,
  resolution,
})
