import type { DraftRow } from '../../../shared/domain/draft.ts'
import type { GridColumn } from './columns.ts'
import type { Rows } from './edits.ts'

export type SortDirection = 'ascending' | 'descending'

/** Rows by the text of one column, numbers by their value. Empty cells come last either way; equals keep their order. */
export function sorted(rows: Rows, column: GridColumn, direction: SortDirection): Rows {
  const words = new Intl.Collator(undefined, { numeric: true, sensitivity: 'base' })
  const sign = direction === 'ascending' ? 1 : -1
  const keyed = rows.map((row) => ({ row, text: column.read(row).trim() }))
  const order = keyed.toSorted((a, b) => {
    if (a.text === '' || b.text === '') return Number(a.text === '') - Number(b.text === '')
    return sign * words.compare(a.text, b.text)
  })
  return order.map(({ row }, index): DraftRow => {
    const position = rows[index]?.position ?? index
    return row.position === position ? row : { ...row, position }
  })
}
