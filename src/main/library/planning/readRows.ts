import { optionValue } from '../batchFile/json.ts'
import { readCells, withDefaults, type CellValues } from './cellValues.ts'
import type { BatchRow, BatchTable } from '../batchFile/batchTable.ts'
import type { ColumnName } from '../../../shared/domain/batchColumns.ts'
import type { JsonObject } from '../../../shared/domain/json.ts'
import type { PlanOptions } from './planOptions.ts'
import type { Problem } from '../../../shared/domain/errors.ts'

/** A row as its cells are meant, defaults included. */
export interface ReadRow {
  readonly source: BatchRow
  readonly values: CellValues
  readonly options: JsonObject
}

export interface ReadRowsInput {
  readonly table: BatchTable
  /** Cells for rows without one of their own. */
  readonly defaults: PlanOptions['defaults']
  readonly report: (problem: Problem) => void
}

/** Reads the cells of every row; what is wrong in one is reported and left out. */
export function readRows({ table, defaults, report }: ReadRowsInput): readonly ReadRow[] {
  const { columns, rows } = table
  const places = new Map(columns.map(({ key }, at) => [key, at]))
  const optionColumns = columns.flatMap(({ key, use }, at) =>
    use === 'option' ? [{ name: key.slice('options.'.length), at }] : [],
  )
  const usual = readCells({
    cell: (column) => defaults[column] ?? '',
    report: (column, fault) => report({ row: null, column: `--${column}`, ...fault }),
  })
  return rows.map((source) => {
    const values = readCells({
      cell: (column: ColumnName) => source.values[places.get(column) ?? -1] ?? '',
      report: (column, fault) => report({ row: source.row, column, ...fault }),
    })
    const options = optionColumns.flatMap(({ name, at }) => {
      const cell = source.values[at] ?? ''
      return cell === '' ? [] : [[name, optionValue(cell)] as const]
    })
    return { source, values: withDefaults(values, usual), options: Object.fromEntries(options) }
  })
}
