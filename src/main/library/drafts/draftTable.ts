import type {
  DraftDefaults,
  DraftRow,
  FrameRef,
  ModelChoice,
} from '../../../shared/domain/draft.ts'
import { foldName } from '../../../shared/template/syntax.ts'
import { COLUMNS, type ColumnName } from '../../../shared/domain/batchColumns.ts'
import type { Column } from '../batchFile/columns.ts'
import type { BatchRow, BatchTable } from '../batchFile/batchTable.ts'
import type { PlanOptions } from '../planning/planOptions.ts'

/** How a frame of the library is written into a cell: the path of its file. Null: it is gone. */
export type FrameCell = (frame: FrameRef) => string | null

export interface RowTableInput {
  readonly row: DraftRow
  /** As the grid shows it, from 1. */
  readonly number: number
  /** For a row without a model of its own. */
  readonly defaultModels: readonly ModelChoice[]
  readonly lists: BatchTable['lists']
  readonly frameCell: FrameCell
}

/** A row that nobody has begun: it makes no job and no problem. */
export function isBlank(row: DraftRow): boolean {
  const { prompt, negativePrompt, name, firstFrame, lastFrame, references, tags } = row
  const cells = [prompt, negativePrompt, name, ...Object.values(row.variables)]
  const isWritten = cells.some((cell) => cell.trim() !== '')
  return !isWritten && !firstFrame && !lastFrame && references.length + tags.length === 0
}

/**
 * One row of the grid as a batch file would hold it, so that drafts and files are planned alike. Each
 * model is a row of its own with the same number. Variables that the prompt does not name are left out.
 */
export function rowTable(input: RowTableInput): BatchTable {
  const { row, number, defaultModels, lists } = input
  const prompt = foldName(row.prompt)
  const variables = Object.entries(row.variables).filter(([name]) =>
    prompt.includes(foldName(name)),
  )
  const options = Object.entries(row.options).filter(([, value]) => value.trim() !== '')
  const columns: readonly Column[] = [
    ...COLUMNS.map((name): Column => ({ name, key: name, use: 'known' })),
    ...options.map(([name]): Column => {
      return { name: `options.${name}`, key: `options.${name}`, use: 'option' }
    }),
    ...variables.map(([name]): Column => ({ name, key: foldName(name), use: 'variable' })),
  ]
  const rest = [...options, ...variables].map(([, value]) => value.trim())
  const choices = row.models.length > 0 ? row.models : defaultModels
  const rows = (choices.length > 0 ? choices : [null]).map((choice): BatchRow => {
    const cells = knownCells(input, choice)
    return { row: number, values: [...COLUMNS.map((name) => cells[name].trim()), ...rest] }
  })
  return { columns, rows, name: null, lists }
}

function knownCells(
  { row, frameCell }: RowTableInput,
  choice: ModelChoice | null,
): Record<ColumnName, string> {
  // A frame that is gone keeps its place, so that planning names it instead of changing the mode.
  const frame = (ref: FrameRef | null): string => (ref === null ? '' : (frameCell(ref) ?? ref))
  const isRehearsal = choice?.model === 'rehearsal'
  return {
    prompt: row.prompt,
    negative_prompt: row.negativePrompt,
    first_frame: frame(row.firstFrame),
    last_frame: frame(row.lastFrame),
    reference: row.references.map(frame).join('|'),
    provider: isRehearsal ? 'rehearsal' : (choice?.provider ?? ''),
    model: isRehearsal ? '' : (choice?.model ?? ''),
    duration: row.duration,
    size: row.size,
    aspect_ratio: row.aspectRatio,
    resolution: row.resolution,
    seed: row.seed,
    takes: row.takes,
    name: row.name,
    tags: row.tags.join(', '),
  }
}

/** The draft's defaults as a batch file's options. */
export const defaultCells = (defaults: DraftDefaults): PlanOptions['defaults'] => ({
  duration: defaults.duration.trim(),
  size: defaults.size.trim(),
  aspect_ratio: defaults.aspectRatio.trim(),
  resolution: defaults.resolution.trim(),
  takes: defaults.takes.trim(),
  seed: defaults.seed.trim(),
})

const FIELDS: Readonly<Partial<Record<string, string>>> = {
  negative_prompt: 'negativePrompt',
  first_frame: 'firstFrame',
  last_frame: 'lastFrame',
  reference: 'references',
  aspect_ratio: 'aspectRatio',
  provider: 'models',
  model: 'models',
}

/** The field of the grid that a batch file's column is; `defaults.X` for an option of the draft. */
export function gridColumn(column: string | null, row: DraftRow | null): string | null {
  if (column === null) return null
  if (column.startsWith('--')) return `defaults.${gridColumn(column.slice(2), row) ?? ''}`
  if (row !== null && Object.hasOwn(row.variables, column)) return `variables.${column}`
  return FIELDS[column] ?? column
}
