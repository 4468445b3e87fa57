import type {
  DraftDefaults,
  DraftRow,
  FrameRef,
  ModelChoice,
} from '../../../shared/domain/draft.ts'
import { foldName } from '../../../shared/template/syntax.ts'
import { COLUMNS, type ColumnName } from '../../../shared/domain/batchColumns.ts'
import { ownText } from '../../../shared/domain/ownText.ts'
import { REHEARSAL } from '../../../shared/normalise/rehearsal.ts'
import type { Column } from '../batchFile/columns.ts'
import type { BatchRow, BatchTable } from '../batchFile/batchTable.ts'
import type { PlanOptions } from '../planning/planOptions.ts'

/** How a frame of the library is written into a cell: the path of its file. Null: it is gone. */
export type FrameCell = (frame: FrameRef) => string | null

export interface NumberedRow {
  readonly row: DraftRow
  /** As the grid shows it, from 1; no two rows of a table have the same. */
  readonly number: number
}

export interface RowTableInput {
  readonly rows: readonly NumberedRow[]
  /** Columns beside those that rows have values for. */
  readonly variables: readonly string[]
  /** For a row without a model of its own. */
  readonly defaultModels: readonly ModelChoice[]
  readonly lists: BatchTable['lists']
  readonly frameCell: FrameCell
}

/**
 * Rows of the grid as a batch file would hold them, so that drafts and files are planned alike. Each
 * model is a row of its own with the same number.
 */
export function rowTable(input: RowTableInput): BatchTable {
  const { rows, lists } = input
  const options = namesOf(rows, ({ row }) => written(row.options))
  const variables = namesOf(rows, ({ row }) => Object.keys(row.variables), input.variables)
  const columns: readonly Column[] = [
    ...COLUMNS.map((name): Column => ({ name, key: name, use: 'known' })),
    ...options.map((name): Column => {
      return { name: `options.${name}`, key: `options.${name}`, use: 'option' }
    }),
    ...variables.map((name): Column => ({ name, key: foldName(name), use: 'variable' })),
  ]
  const made = rows.flatMap((numbered): BatchRow[] => {
    const { row, number } = numbered
    const rest = [
      ...options.map((name) => ownText(row.options, name).trim()),
      ...variables.map((name) => ownText(row.variables, name).trim()),
    ]
    const choices = row.models.length > 0 ? row.models : input.defaultModels
    return (choices.length > 0 ? choices : [null]).map((choice) => {
      const cells = knownCells(row, input.frameCell, choice)
      return { row: number, values: [...COLUMNS.map((name) => cells[name].trim()), ...rest] }
    })
  })
  return { columns, rows: made, name: null, lists }
}

const written = (cells: Readonly<Record<string, string>>): readonly string[] =>
  Object.keys(cells).filter((name) => cells[name]?.trim() !== '')

/** Each name once, in the order in which they come. */
function namesOf(
  rows: readonly NumberedRow[],
  names: (row: NumberedRow) => readonly string[],
  first: readonly string[] = [],
): readonly string[] {
  const found = new Set(first)
  for (const row of rows) for (const name of names(row)) found.add(name)
  return [...found]
}

function knownCells(
  row: DraftRow,
  frameCell: FrameCell,
  choice: ModelChoice | null,
): Record<ColumnName, string> {
  // A frame that is gone keeps its place, so that planning names it instead of changing the mode.
  const frame = (ref: FrameRef | null): string => (ref === null ? '' : (frameCell(ref) ?? ref))
  const isRehearsal = choice?.model === REHEARSAL
  return {
    prompt: row.prompt,
    negative_prompt: row.negativePrompt,
    first_frame: frame(row.firstFrame),
    last_frame: frame(row.lastFrame),
    reference: row.references.map(frame).join('|'),
    provider: isRehearsal ? REHEARSAL : (choice?.provider ?? ''),
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
  return (Object.hasOwn(FIELDS, column) ? FIELDS[column] : undefined) ?? column
}
