import { columnOfProblem, columnsFor } from '../../../store/draft/columns.ts'
import { formatCount } from '../../../ui/format.ts'

const DEFAULTS = 'defaults.'

/** `Row 8, model: ` or `Defaults, length: `, by the words of the grid; nothing for the draft as a whole. */
export function placeWords(number: number | undefined, column: string | null): string {
  if (column?.startsWith(DEFAULTS) === true)
    return `Defaults${cellWords(column.slice(DEFAULTS.length))}: `
  return number === undefined ? '' : `Row ${formatCount(number)}${cellWords(column)}: `
}

function cellWords(column: string | null): string {
  const name = column?.startsWith('variables.') === true ? column.slice('variables.'.length) : null
  const all = columnsFor(name === null ? [] : [name])
  const title = all[columnOfProblem(all, column)]?.title
  return title === undefined ? '' : `, ${name === null ? title.toLowerCase() : title}`
}
