import { assDocument, type AssBox, type AssText } from './text/assDocument.ts'
import { wrapText } from './text/wrapText.ts'

/** One take on a contact sheet. */
export interface SheetTake {
  /** Null, or gone from the disk: an empty cell says so. */
  readonly posterPath: string | null
  readonly row: number
  readonly take: number
  readonly modelName: string
  readonly prompt: string
}
export interface Cell {
  readonly x: number
  readonly y: number
  readonly take: SheetTake
}
export interface SheetPage {
  readonly width: number
  readonly height: number
  /** Size of the picture in each cell, pixels. */
  readonly picture: { readonly width: number; readonly height: number }
  readonly cells: readonly Cell[]
}

/** Takes on one page; more of them go on to the next. */
export const TAKES_PER_PAGE = 40
const MAX_COLUMNS = 5
const CELL = 400
const GAP = 24
const MARGIN = 48
const HEADER = 108
const LABEL = 84

/** Places at most `TAKES_PER_PAGE` takes. `ratio`: width by height that most of the takes have. */
export function layOut(takes: readonly SheetTake[], ratio: number): SheetPage {
  const columns = Math.min(MAX_COLUMNS, Math.max(1, Math.round(Math.sqrt(takes.length * 1.4))))
  const high = Math.round(CELL / Math.min(16 / 9, Math.max(3 / 4, ratio)))
  const rows = Math.ceil(takes.length / columns)
  const width = 2 * MARGIN + Math.max(2, columns) * (CELL + GAP) - GAP
  const cells = takes.map((take, index) => ({
    x: MARGIN + (index % columns) * (CELL + GAP),
    y: HEADER + MARGIN + Math.floor(index / columns) * (high + LABEL + GAP),
    take,
  }))
  const height = HEADER + 2 * MARGIN + rows * (high + LABEL + GAP) - GAP
  return { width, height: height + (height % 2), picture: { width: CELL, height: high }, cells }
}

export interface SheetWords {
  readonly title: string
  /** Counts and such, one line. */
  readonly subtitle: string
  /** `2 of 5`; empty on a single page. */
  readonly pageWords: string
  /** By index: cells whose picture is not there. */
  readonly empty: ReadonlySet<number>
}

/** Everything written on a page. */
export function sheetText(page: SheetPage, words: SheetWords): string {
  const { width, height } = page
  const emptyCells = page.cells.filter((_, index) => words.empty.has(index))
  const boxes = emptyCells.map(({ x, y }): AssBox => ({ x, y, ...page.picture, ...EMPTY }))
  const missing = emptyCells.map(({ x, y }): AssText => ({
    x: x + page.picture.width / 2,
    y: y + page.picture.height / 2,
    lines: ['No still'],
    ...SMALL,
    anchor: 'middle',
    opacity: 0.45,
  }))
  const labels = page.cells.flatMap((cell) => labelOf(cell, page))
  return assDocument({
    width,
    height,
    boxes,
    texts: [...headOf(page, words), ...missing, ...labels],
  })
}

const EMPTY = { colour: '1B1D22', opacity: 1 } as const
const SMALL = { font: 'plain', size: 25, opacity: 0.6 } as const
/** Medium runs narrower than the SemiBold that widths are estimated for. */
const PLAIN_SHARE = 1.1

function headOf(
  { width }: SheetPage,
  { title, subtitle, pageWords }: SheetWords,
): readonly AssText[] {
  const wide = width - 2 * MARGIN
  const line = (text: string, size: number): readonly string[] =>
    wrapText(text, { maxEm: wide / size, maxLines: 1 }).lines
  const [left, right] = [MARGIN, width - MARGIN]
  return [
    { x: left, y: MARGIN, lines: line(title, 40), font: 'strong', size: 44, anchor: 'topLeft' },
    { x: left, y: MARGIN + 56, lines: line(subtitle, 22), ...SMALL, anchor: 'topLeft' },
    { x: right, y: MARGIN + 40, lines: [pageWords], ...SMALL, anchor: 'bottomRight' },
  ]
}

/** Row, take and model in one line, the prompt in two. */
function labelOf({ x, y, take }: Cell, { picture }: SheetPage): readonly AssText[] {
  const top = y + picture.height + 12
  const fit = (text: string, size: number, maxLines: number): readonly string[] =>
    wrapText(text, { maxEm: picture.width / size, maxLines }).lines
  const name = `Row ${take.row}  ·  Take ${take.take}  ·  ${take.modelName}`
  const prompt = fit(take.prompt, 16 / PLAIN_SHARE, 2)
  return [
    {
      x,
      y: top,
      lines: fit(name, 17, 1),
      font: 'strong',
      size: 20,
      anchor: 'topLeft',
      opacity: 0.95,
    },
    ...prompt.map((text, index): AssText => ({
      x,
      y: top + 27 + index * 21,
      lines: [text],
      font: 'plain',
      size: 19,
      anchor: 'topLeft',
      opacity: 0.66,
    })),
  ]
}
