import type { ImportColumn } from '../../../shared/domain/batchImport.ts'
import { columnLetter, type BatchTable } from './batchTable.ts'
import { meantColumn } from './columns.ts'

/** Characters; a shorter cell is rather a name or a value than a prompt. */
const LEAST_PROMPT = 12

/**
 * What each column of a file is most likely for. A field that the file names itself is never given to
 * another column; a file without prompts has them in its column of longest texts.
 */
export function guessColumns({ columns, rows }: BatchTable): readonly ImportColumn[] {
  const named = new Set(columns.filter(({ use }) => use !== 'variable').map(({ key }) => key))
  const guessed = columns.map((column, at): ImportColumn => {
    const filled = rows.filter(({ values }) => (values[at] ?? '') !== '').length
    const fact = { letter: columnLetter(at), header: column.name, filled }
    if (column.use !== 'variable') return { ...fact, target: column.key, how: 'named' }
    if (filled === 0) return { ...fact, target: null, how: 'unused' }
    const meant = meantColumn(column)
    if (meant !== undefined && meant !== 'options.' && !named.has(meant)) {
      named.add(meant)
      return { ...fact, target: meant, how: 'guessed' }
    }
    return { ...fact, target: column.name === '' ? fact.letter : column.name, how: 'variable' }
  })
  const prompts = named.has('prompt') ? null : longestTexts({ columns, rows }, guessed)
  return guessed.map((column, at) =>
    at === prompts ? { ...column, target: 'prompt', how: 'guessed' } : column,
  )
}

/** The column with the longest texts among those that nothing else is known of. Null: none is text. */
function longestTexts(
  { rows }: Pick<BatchTable, 'columns' | 'rows'>,
  columns: readonly ImportColumn[],
): number | null {
  const lengths = columns.map(({ how, filled }, at) =>
    how === 'variable' && filled > 0
      ? rows.reduce((sum, { values }) => sum + (values[at] ?? '').length, 0) / filled
      : 0,
  )
  const most = Math.max(0, ...lengths)
  return most < LEAST_PROMPT ? null : lengths.indexOf(most)
}

/**
 * The first row is no header: nothing in it names a field, and a cell of it is as long as a prompt. A
 * list of prompts without a name above it is common.
 */
export function hasNoHeader({ columns }: BatchTable): boolean {
  const isField = columns.some(
    (column) => column.use !== 'variable' || meantColumn(column) !== undefined,
  )
  return !isField && columns.some(({ name }) => name.split(/\s+/).length > 4)
}
