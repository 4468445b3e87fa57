import { utils, write } from '@e965/xlsx'
import type { SheetKind } from '../../../shared/domain/batchImport.ts'

/** A batch as a sheet: names, and a cell for each of them in every row. */
export interface SheetText {
  readonly name: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** A file that `readBatchFile` reads as the same sheet. */
export function writeSheet(sheet: SheetText, kind: SheetKind): string | Uint8Array {
  switch (kind) {
    case 'csv': {
      return separated(sheet, ',')
    }
    case 'tsv': {
      return separated(sheet, '\t')
    }
    case 'json': {
      return jsonText(sheet)
    }
    case 'xlsx': {
      return workbook(sheet)
    }
  }
}

/** RFC 4180. */
function separated({ header, rows }: SheetText, delimiter: string): string {
  const lines = [header, ...rows].map((cells) => cells.map(quoted).join(delimiter))
  return `${lines.join('\r\n')}\r\n`
}

const quoted = (cell: string): string =>
  /[",\r\n;\t|]|^\s|\s$/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell

/** Empty cells are left out; a cell stays the text that it is. */
function jsonText({ name, header, rows }: SheetText): string {
  const objects = rows.map((cells) =>
    Object.fromEntries(header.flatMap((key, at) => (cells[at] ? [[key, cells[at]]] : []))),
  )
  return `${JSON.stringify({ name, rows: objects }, null, 2)}\n`
}

/** Every cell is text, so that no spreadsheet makes a date of `16:9` or a formula of `=`. */
function workbook({ header, rows }: SheetText): Uint8Array {
  const sheet = utils.aoa_to_sheet(
    [header, ...rows].map((cells) => cells.map((v) => (v === '' ? null : { t: 's', v, z: '@' }))),
    { dense: true },
  )
  const book = utils.book_new(sheet, 'Batch')
  return write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Uint8Array
}
