import type { ColumnTarget } from '../../../shared/domain/batchImport.ts'
import type { Problem } from '../../../shared/domain/errors.ts'
import type { BatchTable } from './batchTable.ts'
import { columnLetter } from './batchTable.ts'
import { readColumn } from './columns.ts'

/** Problems of names: choosing what a column is for mends them. */
export const NAME_PROBLEMS: readonly string[] = ['duplicateColumn', 'unnamedColumn']

export interface Mapped {
  readonly table: BatchTable
  /** Two columns for the same thing. */
  readonly problems: readonly Problem[]
}

/** The table with its columns as a person wants them; those without a target are left out. */
export function mapColumns(table: BatchTable, targets: readonly ColumnTarget[]): Mapped {
  const kept = table.columns.flatMap((_, at) => {
    const target = targets[at]?.trim() ?? ''
    return target === '' ? [] : [{ at, column: readColumn(target) }]
  })
  const first = new Map<string, number>()
  const problems = kept.flatMap(({ at, column }): readonly Problem[] => {
    const other = first.get(column.key)
    if (other === undefined) first.set(column.key, at)
    return other === undefined ? [] : [twice(column.name, other, at)]
  })
  const rows = table.rows.map(({ row, values }) => ({
    row,
    values: kept.map(({ at }) => values[at] ?? ''),
  }))
  return { table: { ...table, columns: kept.map(({ column }) => column), rows }, problems }
}

const twice = (name: string, first: number, second: number): Problem => ({
  row: null,
  column: columnLetter(second),
  code: 'duplicateColumn',
  message: `The columns ${columnLetter(first)} and ${columnLetter(second)} both become ${name}.`,
  mend: 'Choose something else for one of them, or leave it out.',
})
