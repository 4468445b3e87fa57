import type { Matrix } from './edits.ts'

/**
 * The cells of the first table in copied HTML. Null: it holds none, or one that is no plain grid of
 * cells. Pages copy a table as text with lines that break cells in two; here each cell is whole.
 */
export function readHtmlTable(html: string): Matrix | null {
  if (!/<table[\s>]/i.test(html)) return null
  const table = new DOMParser().parseFromString(html, 'text/html').querySelector('table')
  if (table === null || table.querySelector('table, [colspan], [rowspan]') !== null) return null
  const rows = [...table.rows].map((row) => [...row.cells].map(cellText))
  const width = rows[0]?.length ?? 0
  return width > 0 && rows.every((row) => row.length === width) ? rows : null
}

const BLOCKS = 'p, div, li'

/** Blanks as a page shows them; `<br>` and blocks break lines. */
function cellText(cell: Element): string {
  for (const line of cell.querySelectorAll('br')) line.replaceWith('\u2028')
  for (const block of cell.querySelectorAll(BLOCKS)) block.append('\u2028')
  return (cell.textContent ?? '')
    .replaceAll(/[ \t\n\r]+/g, ' ')
    .split('\u2028')
    .map((line) => line.trim())
    .join('\n')
    .trim()
}
