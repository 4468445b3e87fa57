import { strToU8, zipSync } from 'fflate'

/** Sheets by name; each row by its number, its cells as XML. */
export type XlsxSheets = Readonly<Record<string, Readonly<Record<number, readonly string[]>>>>

const NS = 'http://schemas.openxmlformats.org/spreadsheetml/2006/main'
const REL = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006'

/** A cell of text, a number, or a formula with the value that the spreadsheet stored. */
export const textCell = (ref: string, text: string): string =>
  `<c r="${ref}" t="inlineStr"><is><t xml:space="preserve">${text}</t></is></c>`
export const numberCell = (ref: string, value: number): string =>
  `<c r="${ref}"><v>${value}</v></c>`
export const errorCell = (ref: string, error: string): string =>
  `<c r="${ref}" t="e"><f>A9</f><v>${error}</v></c>`
export const formulaCell = (ref: string, formula: string, value: string): string =>
  `<c r="${ref}" t="str"><f>${formula}</f><v>${value}</v></c>`

/** The least that a workbook needs, as spreadsheets write it; `merges` of its sheets, `A1:A3`. */
export function xlsxFile(sheets: XlsxSheets, merges: readonly string[] = []): Buffer {
  const names = Object.keys(sheets)
  const files: Record<string, Uint8Array> = {
    '[Content_Types].xml': xml(
      `<Types xmlns="${PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>`,
    ),
    'xl/workbook.xml': xml(
      `<workbook xmlns="${NS}" xmlns:r="${REL}"><sheets>${names
        .map((name, at) => `<sheet name="${name}" sheetId="${at + 1}" r:id="rId${at + 1}"/>`)
        .join('')}</sheets></workbook>`,
    ),
    'xl/_rels/workbook.xml.rels': xml(
      `<Relationships xmlns="${PACKAGE}/relationships">${names
        .map(
          (_, at) =>
            `<Relationship Id="rId${at + 1}" Type="${REL}/worksheet" Target="worksheets/sheet${at + 1}.xml"/>`,
        )
        .join('')}</Relationships>`,
    ),
  }
  const merged = merges.map((ref) => `<mergeCell ref="${ref}"/>`).join('')
  const mergeCells = merged === '' ? '' : `<mergeCells>${merged}</mergeCells>`
  for (const [at, name] of names.entries()) {
    const rows = Object.entries(sheets[name] ?? {})
      .map(([row, cells]) => `<row r="${row}">${cells.join('')}</row>`)
      .join('')
    files[`xl/worksheets/sheet${at + 1}.xml`] = xml(
      `<worksheet xmlns="${NS}"><sheetData>${rows}</sheetData>${mergeCells}</worksheet>`,
    )
  }
  return Buffer.from(zipSync(files))
}

const xml = (body: string): Uint8Array =>
  strToU8(`<?xml version="1.0" encoding="UTF-8" standalone="yes"?>${body}`)
