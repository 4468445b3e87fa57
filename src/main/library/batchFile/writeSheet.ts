import type { SheetKind } from '../../../shared/domain/batchImport.ts'

/** A batch as a sheet: names, and a cell for each of them in every row. */
export interface SheetText {
  readonly name: string
  readonly header: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/** A file that `readBatchFile` reads as the same sheet. */
export async function writeSheet(sheet: SheetText, kind: SheetKind): Promise<string | Uint8Array> {
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
      const { writeXlsx } = await import('./writeXlsx.ts')
      return writeXlsx(sheet)
    }
  }
}

/** RFC 4180. */
function separated({ header, rows }: SheetText, delimiter: string): string {
  const lines = [header, ...rows].map((cells) => cells.map(quoted).join(delimiter))
  return `${lines.join('\r\n')}\r\n`
}

const quoted = (cell: string): string => {
  const text = asText(cell)
  return /[",\r\n;\t|]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text
}

/** A spreadsheet would run what begins so: an apostrophe makes it text, and `readCsv` takes it off again. */
const asText = (cell: string): string =>
  /^'*[=+@-]/.test(cell) && !/^[+-]\d+([.,]\d+)?$/.test(cell) ? `'${cell}` : cell

/** Empty cells are left out; a cell stays the text that it is. */
function jsonText({ name, header, rows }: SheetText): string {
  const objects = rows.map((cells) =>
    Object.fromEntries(header.flatMap((key, at) => (cells[at] ? [[key, cells[at]]] : []))),
  )
  return `${JSON.stringify({ name, rows: objects }, null, 2)}\n`
}
