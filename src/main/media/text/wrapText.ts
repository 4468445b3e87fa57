/** Text laid out in lines by estimated widths: ffmpeg breaks lines at spaces only, Japanese has none. */
export interface WrapLimits {
  /** Width of a line in em, the font's own size. */
  readonly maxEm: number
  readonly maxLines: number
}
export interface Wrapped {
  readonly lines: readonly string[]
  /** True when an ellipsis stands for what did not fit. */
  readonly isCut: boolean
}

/** No layout of ours shows more; what lies beyond is not even measured. */
const MAX_MEASURED = 1200

/** Breaks text into at most `maxLines` lines of about equal length; an ellipsis ends what is too long. */
export function wrapText(text: string, { maxEm, maxLines }: WrapLimits): Wrapped {
  const clean = text
    .slice(0, MAX_MEASURED)
    .replace(/[\s\p{Cc}\p{Cs}]+/gu, ' ')
    .trim()
  const pieces = piecesOf(clean, maxEm)
  const full = fill(pieces, maxEm)
  const isCut = full.length > maxLines || text.length > MAX_MEASURED
  if (isCut) return { lines: cut(full, { maxEm, maxLines }), isCut }
  return { lines: balance(pieces, full, maxEm), isCut }
}

/** As narrow as the same number of lines allows: no lonely word on the last line. */
function balance(
  pieces: readonly string[],
  full: readonly string[],
  maxEm: number,
): readonly string[] {
  let best = full
  for (let width = maxEm * 0.95; width > maxEm / 2; width -= maxEm * 0.05) {
    const narrower = fill(pieces, width)
    if (narrower.length > full.length) break
    best = narrower
  }
  return best
}

function cut(lines: readonly string[], { maxEm, maxLines }: WrapLimits): readonly string[] {
  const kept = lines.slice(0, maxLines)
  const whole = kept.pop() ?? ''
  const signs = graphemes(whole)
  while (signs.length > 0 && widthOf(`${signs.join('')}…`) > maxEm) signs.pop()
  const short = signs.join('')
  const space = short.lastIndexOf(' ')
  // Back to a whole word, unless that would leave little of the line.
  const isTorn = short.length < whole.length && space > short.length * 0.6
  const last = isTorn ? short.slice(0, space) : short
  return [...kept, `${last.replace(/[\s.,;:!?、。]+$/u, '')}…`]
}

function fill(pieces: readonly string[], maxEm: number): string[] {
  const lines: string[] = []
  let line = ''
  for (const piece of pieces) {
    if (line !== '' && widthOf((line + piece).trimEnd()) > maxEm) {
      lines.push(line.trimEnd())
      line = ''
    }
    line += line === '' ? piece.trimStart() : piece
  }
  if (line.trim() !== '') lines.push(line.trimEnd())
  return lines
}

const words = new Intl.Segmenter('und', { granularity: 'word' })
const letters = new Intl.Segmenter('und', { granularity: 'grapheme' })
const graphemes = (text: string): string[] => [...letters.segment(text)].map((s) => s.segment)

/** Opens something: it belongs to what follows. */
const OPENING = /^[\p{Ps}\p{Pi}¿¡#@$€£]+$/u

/** What may not be torn apart: a word with the signs that touch it, a word of a script without spaces. */
function piecesOf(text: string, maxEm: number): readonly string[] {
  const pieces: string[] = []
  let canJoin = false
  for (const { segment, isWordLike } of words.segment(text)) {
    const isSpace = segment.trim() === ''
    const joins = pieces.length > 0 && (canJoin || isSpace || (!isWordLike && !isWide(segment)))
    const previous = pieces.at(-1) ?? ''
    if (joins && !/\s$/.test(previous)) pieces[pieces.length - 1] = previous + segment
    else pieces.push(segment)
    canJoin = OPENING.test(segment) || /[-'’/_.:]$/u.test(segment)
  }
  return pieces.flatMap((piece) => (widthOf(piece) > maxEm ? graphemes(piece) : [piece]))
}

const isWide = (text: string): boolean => /^[\p{Extended_Pictographic}\p{Lo}]/u.test(text)

/** Widths in em of Inter SemiBold, a little generous; first match wins. */
const WIDTHS: readonly (readonly [RegExp, number])[] = [
  [/[\p{M}\p{Cf}]/u, 0],
  [/[\p{Extended_Pictographic}\p{Regional_Indicator}]/u, 1.25],
  [/[\p{scx=Han}\p{scx=Hira}\p{scx=Kana}\p{scx=Hang}\uFF00-\uFF60\u3000-\u303F]/u, 1],
  [/ /, 0.28],
  [/[iIjl|!.,:;'’‘·()[\]ıіїј]/u, 0.32],
  [/[frt"“”\-/\\°*]/u, 0.42],
  [/[mwMW%@—жшщюмыфЖШЩЮМЫФ…]/u, 0.95],
  [/\p{Lu}/u, 0.73],
  [/./u, 0.62],
]

/** Estimated width in em. */
export function widthOf(text: string): number {
  let width = 0
  for (const char of text) width += WIDTHS.find(([pattern]) => pattern.test(char))?.[1] ?? 0.62
  return width
}
