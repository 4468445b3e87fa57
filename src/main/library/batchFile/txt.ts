import { readColumn } from './columns.ts'
import { MAX_ROWS, noRows, tooMany, unread, type ReadOutcome } from './batchTable.ts'

/** One prompt per line; `row` is the line. Empty lines, and comments of template mode, are no rows. */
export function readTxt(text: string, isPlain: boolean): ReadOutcome {
  const rows = text
    .split(/\r\n|\r|\n/)
    .map((line, index) => ({ row: index + 1, values: [line.trim()] }))
    .filter(({ values: [line = ''] }) => line !== '' && (isPlain || !/^#(\s|$)/.test(line)))
  if (rows.length === 0) return unread({ ...noRows(), message: 'The file has no prompts.' })
  if (rows.length > MAX_ROWS) return unread(tooMany('Rows', rows.length, MAX_ROWS))
  return { table: { columns: [readColumn('prompt')], rows, name: null, lists: {} }, problems: [] }
}
