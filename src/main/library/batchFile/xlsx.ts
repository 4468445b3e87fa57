import type { CellValue } from 'read-excel-file/node'
import { fileProblem, readSheet, unread, type ReadOutcome } from './batchTable.ts'

/**
 * A sheet of an XLSX workbook: the named one, else the first. Formulas count as the values that the
 * spreadsheet stored for them.
 */
export async function readXlsx(bytes: Buffer, sheet: string | undefined): Promise<ReadOutcome> {
  const sheets = await openWorkbook(bytes)
  if (sheets === undefined) {
    return unread(
      fileProblem(
        'notXlsx',
        'The file is not an XLSX workbook.',
        'Save it again as .xlsx, or as CSV.',
      ),
    )
  }
  const wanted = sheet?.trim().toLowerCase()
  const found =
    wanted === undefined
      ? sheets[0]
      : sheets.find((each) => each.sheet.trim().toLowerCase() === wanted)
  if (found === undefined) {
    const names = sheets.map((each) => each.sheet).join(', ')
    const message = `The workbook has no sheet named ${sheet ?? ''}.`
    return unread(fileProblem('noSuchSheet', message, `Use one of: ${names}.`))
  }
  const records = found.data.map((cells, index) => ({ row: index + 1, cells: cells.map(cellText) }))
  return readSheet({ records, isRaggedWrong: false })
}

/** Reading workbooks is loaded with the first one: the window does not wait for it. */
async function openWorkbook(bytes: Buffer) {
  const { default: readSheets } = await import('read-excel-file/node')
  try {
    return await readSheets(bytes, { trim: false })
  } catch {
    // The library names no kinds of error: whatever it cannot read is not a workbook.
    return undefined
  }
}

function cellText(value: CellValue | null): string {
  if (value === null) return ''
  return value instanceof Date ? dateText(value) : String(value)
}

/** `2026-11-22`, and the time where there is one. */
function dateText(date: Date): string {
  const text = date.toISOString()
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text
}
