/**
 * Cells as spreadsheets put them on the clipboard: tabs between cells, newlines between rows, and
 * double quotes around a cell that holds a tab, a newline or a quote.
 */
export function formatTsv(matrix: readonly (readonly string[])[]): string {
  return matrix.map((row) => row.map(quoted).join('\t')).join('\n')
}

const quoted = (cell: string): string =>
  /[\t\n\r"]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

/** Text that no spreadsheet made is a column of its lines. A quote inside a cell is a quote. */
export function parseTsv(text: string): readonly (readonly string[])[] {
  const source = text.replaceAll('\r\n', '\n').replaceAll('\r', '\n')
  const rows: string[][] = []
  let row: string[] = []
  let at = 0
  while (at <= source.length) {
    const cell = readCell(source, at)
    row.push(cell.value)
    at = cell.end
    if (source[at] !== '\t') {
      rows.push(row)
      row = []
    }
    at += 1
  }
  // A spreadsheet ends its last row with a newline: that is no further row.
  if (rows.length > 1 && rows.at(-1)?.length === 1 && rows.at(-1)?.[0] === '') rows.pop()
  return rows
}

function readCell(source: string, start: number): { readonly value: string; readonly end: number } {
  const whole = source[start] === '"' ? readQuoted(source, start) : null
  if (whole !== null) return whole
  let end = start
  while (end < source.length && source[end] !== '\t' && source[end] !== '\n') end += 1
  return { value: source.slice(start, end), end }
}

/** Null when the quote is never closed, or text follows it: then it is an ordinary character. */
function readQuoted(
  source: string,
  start: number,
): { readonly value: string; readonly end: number } | null {
  let value = ''
  let at = start + 1
  while (at < source.length) {
    const next = source.indexOf('"', at)
    if (next < 0) return null
    value += source.slice(at, next)
    if (source[next + 1] === '"') {
      value += '"'
      at = next + 2
    } else {
      const after = source[next + 1]
      const isEnd = after === undefined || after === '\t' || after === '\n'
      return isEnd ? { value, end: next + 1 } : null
    }
  }
  return null
}
