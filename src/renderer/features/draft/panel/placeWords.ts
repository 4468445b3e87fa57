import { columnOfProblem, columnsFor } from '../../../store/draft/columns.ts'
import { formatCount } from '../../../ui/format.ts'

/** `Row 8, model: `, by the words of the grid; nothing for what concerns the draft as a whole. */
export function placeWords(number: number | undefined, column: string | null): string {
  const name = column?.startsWith('variables.') === true ? column.slice('variables.'.length) : null
  const all = columnsFor(name === null ? [] : [name])
  const title = all[columnOfProblem(all, column)]?.title
  const cell = title === undefined ? '' : `, ${name === null ? title.toLowerCase() : title}`
  return number === undefined ? '' : `Row ${formatCount(number)}${cell}: `
}
