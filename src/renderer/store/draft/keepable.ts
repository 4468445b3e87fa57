import {
  MAX_CELL_TEXT,
  MAX_LONG_TEXT,
  MAX_MODELS,
  MAX_VARIABLES,
  type DraftRow,
} from '../../../shared/domain/draft.ts'
import { formatCount } from '../../ui/format.ts'
import { columnsFor } from './columns.ts'
import type { DraftDoc } from './sync.ts'

/** What of a draft can be saved now. */
export interface Keepable {
  readonly doc: DraftDoc
  /** The first cell that is too long; null: everything can be kept. */
  readonly tooLong: TooLong | null
}

export interface TooLong {
  /** `Row 3, prompt`: the same while it is typed. */
  readonly place: string
  readonly why: string
}

/** A row with a cell that is too long stays on disk as it was `saved`, until the cell is shortened. */
export function keepable(saved: DraftDoc, doc: DraftDoc): Keepable {
  const before = new Map(saved.rows.map((row) => [row.id, row]))
  const found = doc.rows.map((row, index) =>
    before.get(row.id) === row ? null : tooLongIn(row, index),
  )
  const tooWide = doc.variables.length > MAX_VARIABLES ? tooMany(doc.variables) : null
  const tooLong = found.find((cell) => cell !== null) ?? tooWide
  if (tooLong === null) return { doc, tooLong }
  const rows = doc.rows.flatMap((row, index) =>
    found[index] === null ? row : (before.get(row.id) ?? []),
  )
  const { variables } = tooWide === null ? doc : saved
  return { doc: { ...doc, rows, variables }, tooLong }
}

const tooMany = ({ length }: DraftDoc['variables']): TooLong => ({
  place: 'Variables',
  why: `${formatCount(length)}; at most ${formatCount(MAX_VARIABLES)} can be kept. Use fewer names.`,
})

const LONG = new Set(['prompt', 'negativePrompt'])
/** Pictures, models and tags are no texts of their own: each is bounded as it is read. */
const TEXTS = columnsFor([]).filter(
  ({ id, kind }) => kind !== 'frame' && kind !== 'models' && id !== 'tags',
)

/** What of a row is too long to be kept; null: nothing is. */
export function tooLongIn(row: DraftRow, index: number): TooLong | null {
  const tell = (name: string, why: string): TooLong => ({
    place: `Row ${formatCount(index + 1)}, ${name}`,
    why,
  })
  for (const { id, title, read } of TEXTS) {
    const most = LONG.has(id) ? MAX_LONG_TEXT : MAX_CELL_TEXT
    const { length } = read(row)
    if (length > most) return tell(title.toLowerCase(), shorten(length, most))
  }
  for (const [name, { length }] of Object.entries(row.variables)) {
    if (length > MAX_LONG_TEXT) return tell(name, shorten(length, MAX_LONG_TEXT))
  }
  const { length } = row.models
  if (length <= MAX_MODELS) return null
  return tell('model', `${length} models; at most ${MAX_MODELS} can be kept. Take some out.`)
}

const shorten = (length: number, most: number): string =>
  `${formatCount(length)} characters; at most ${formatCount(most)} can be kept. Shorten it.`
