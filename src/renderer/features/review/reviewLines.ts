/** A line of the wall: some takes side by side, by their places in the whole list. */
export interface Line {
  /** First line of its prompt carries the words; null on the wall and on further lines. */
  readonly group: string | null
  /** How many takes the prompt has; 0 when `group` is null. */
  readonly groupTakes: number
  readonly first: number
  readonly count: number
}

export interface Grid {
  readonly lines: readonly Line[]
  readonly columns: number
}

const TILE_GAP = 10
const SIDE = 16
const PROMPT_WIDTH = 250
const NARROW_PROMPT_WIDTH = 180
/** Below this the words give way to the pictures. */
const NARROW = 1100
const PROMPT_GAP = 16

interface Room {
  readonly width: number
  /** Wished width of a tile. */
  readonly tileWidth: number
  readonly hasPrompts: boolean
}

export interface Fit {
  readonly columns: number
  readonly tile: number
  readonly promptWidth: number
}

/** How many tiles fit side by side, and how wide they then are. */
export function fit({ width, tileWidth, hasPrompts }: Room): Fit {
  const promptWidth = width < NARROW ? NARROW_PROMPT_WIDTH : PROMPT_WIDTH
  const room = Math.max(160, width - 2 * SIDE - (hasPrompts ? promptWidth + PROMPT_GAP : 0))
  const columns = Math.max(1, Math.floor((room + TILE_GAP) / (tileWidth + TILE_GAP)))
  const tile = Math.floor((room - (columns - 1) * TILE_GAP) / columns)
  return { columns, tile, promptWidth }
}

/** Takes that are known by number only: drawn as empty tiles until they are read. */
function unread(from: number, to: number, columns: number): readonly Line[] {
  const lines: Line[] = []
  for (let first = from; first < to; first += columns) {
    lines.push({ group: null, groupTakes: 0, first, count: Math.min(columns, to - first) })
  }
  return lines
}

export function wallLines(total: number, columns: number): Grid {
  return { lines: unread(0, total, columns), columns }
}

/** One prompt below another; what is not read yet follows as on the wall. */
export function promptLines(groups: readonly string[], total: number, columns: number): Grid {
  const lines: Line[] = []
  let at = 0
  while (at < groups.length) {
    const group = groups[at] ?? ''
    let end = at
    while (groups[end] === group && end < groups.length) end += 1
    for (let first = at; first < end; first += columns) {
      const isHead = first === at
      lines.push({
        group: isHead ? group : null,
        groupTakes: isHead ? end - at : 0,
        first,
        count: Math.min(columns, end - first),
      })
    }
    at = end
  }
  return { lines: [...lines, ...unread(groups.length, total, columns)], columns }
}

export function lineOf(grid: Grid, index: number): number {
  let low = 0
  let high = grid.lines.length - 1
  while (low < high) {
    const middle = Math.ceil((low + high) / 2)
    if ((grid.lines[middle]?.first ?? 0) <= index) low = middle
    else high = middle - 1
  }
  return low
}

/** The take above or below: the same column, or the last one of a shorter line. */
export function across(grid: Grid, index: number, step: 1 | -1): number {
  const at = lineOf(grid, index)
  const from = grid.lines[at]
  const to = grid.lines[at + step]
  if (from === undefined || to === undefined) return index
  return to.first + Math.min(index - from.first, to.count - 1)
}

/** Height of a line in pixels, with what stands between it and the next. */
export function lineHeight(grid: Grid, at: number, tileHeight: number): number {
  const line = grid.lines[at]
  const next = grid.lines[at + 1]
  const isHead = line?.group !== null
  const isLast = next === undefined || next.group !== null
  const hasPrompts = grid.lines[0]?.group !== null
  if (!hasPrompts) return tileHeight + TILE_GAP
  return (isHead ? 14 : 0) + tileHeight + (isLast ? 15 : TILE_GAP)
}
