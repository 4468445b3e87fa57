import { utils, write } from '@e965/xlsx'
import type { SheetText } from './writeSheet.ts'

/** Every cell is text, so that no spreadsheet makes a date of `16:9` or a formula of `=`. */
export function writeXlsx({ header, rows }: SheetText): Uint8Array {
  const sheet = utils.aoa_to_sheet(
    [header, ...rows].map((cells) => cells.map((v) => (v === '' ? null : { t: 's', v, z: '@' }))),
    { dense: true },
  )
  const book = utils.book_new(sheet, 'Batch')
  return write(book, { type: 'buffer', bookType: 'xlsx', compression: true }) as Uint8Array
}
