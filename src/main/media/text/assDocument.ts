/**
 * Text for ffmpeg's `ass` filter (libass): it shapes every script, falls back to installed fonts and
 * reads from a file, so that no prompt ever becomes part of an argument or of a filter graph.
 */
export interface AssText {
  /** Bottom left corner of the last line, pixels; other corners by `anchor`. */
  readonly x: number
  readonly y: number
  readonly lines: readonly string[]
  readonly font: keyof typeof FONTS
  /** Height of the font's line box, pixels. */
  readonly size: number
  readonly anchor?: Anchor | undefined
  /** 0 (invisible) to 1; default 1. */
  readonly opacity?: number | undefined
  /** `RRGGBB`, default white. */
  readonly colour?: string | undefined
  /** Extra pixels between letters. */
  readonly spacing?: number | undefined
  /** Seconds, half-open; default always. */
  readonly from?: number | undefined
  readonly to?: number | undefined
}

/** A filled rectangle; `blur` (pixels) softens its edges. */
export interface AssBox {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
  readonly colour: string
  readonly opacity: number
  readonly blur?: number | undefined
}

/** Where on the text `x`, `y` lie. Numbers are the format's own. */
export type Anchor = keyof typeof ANCHORS
const ANCHORS = { bottomLeft: 1, bottomRight: 3, middleLeft: 4, middle: 5, topLeft: 7 } as const

/** Family names inside the bundled files of resources/fonts. */
export const FONTS = { strong: 'Inter SemiBold', plain: 'Inter Medium' } as const
const EMOJI_FONT = 'Noto Emoji'

/** The whole document. Boxes lie below texts, each in the order given. */
export function assDocument(canvas: {
  readonly width: number
  readonly height: number
  readonly boxes: readonly AssBox[]
  readonly texts: readonly AssText[]
}): string {
  return [
    '[Script Info]',
    'ScriptType: v4.00+',
    `PlayResX: ${canvas.width}`,
    `PlayResY: ${canvas.height}`,
    'WrapStyle: 2',
    'ScaledBorderAndShadow: yes',
    'YCbCr Matrix: None',
    '',
    '[V4+ Styles]',
    'Format: Name, Fontname, Fontsize, PrimaryColour, SecondaryColour, OutlineColour, BackColour, Bold, Italic, Underline, StrikeOut, ScaleX, ScaleY, Spacing, Angle, BorderStyle, Outline, Shadow, Alignment, MarginL, MarginR, MarginV, Encoding',
    // Encoding -1 lets the text itself say whether it runs from the right.
    ...Object.entries(FONTS).map(
      ([name, font]) =>
        `Style: ${name},${font},20,&H00FFFFFF,&H00FFFFFF,&H00000000,&H00000000,0,0,0,0,100,100,0,0,1,0,0,1,0,0,0,-1`,
    ),
    '',
    '[Events]',
    'Format: Layer, Start, End, Style, Name, MarginL, MarginR, MarginV, Effect, Text',
    ...canvas.boxes.map((box) => `Dialogue: 0,${FOREVER},plain,,0,0,0,,${boxBody(box)}`),
    ...canvas.texts.map(
      (text) => `Dialogue: 1,${spanOf(text)},${text.font},,0,0,0,,${textBody(text)}`,
    ),
    '',
  ].join('\n')
}

const FOREVER = '0:00:00.00,9:59:59.99'

const spanOf = ({ from, to }: AssText): string =>
  from === undefined && to === undefined ? FOREVER : `${clock(from ?? 0)},${clock(to ?? 35_999.99)}`

/** The format counts in hundredths of a second. */
function clock(seconds: number): string {
  const hundredths = Math.max(0, Math.round(seconds * 100))
  const pad = (value: number): string => String(Math.floor(value)).padStart(2, '0')
  const minutes = Math.floor(hundredths / 6000)
  return `${Math.floor(minutes / 60)}:${pad(minutes % 60)}:${pad((hundredths % 6000) / 100)}.${pad(hundredths % 100)}`
}

function boxBody({ x, y, width, height, colour, opacity, blur = 0 }: AssBox): string {
  const [right, bottom] = [x + width, y + height].map(Math.round)
  const shape = `m ${Math.round(x)} ${Math.round(y)} l ${right} ${Math.round(y)} ${right} ${bottom} ${Math.round(x)} ${bottom}`
  return `{\\an7\\pos(0,0)${paint(colour, opacity)}\\blur${blur}\\p1}${shape}{\\p0}`
}

function textBody({
  x,
  y,
  lines,
  size,
  anchor = 'bottomLeft',
  opacity = 1,
  colour = 'FFFFFF',
  spacing = 0,
}: AssText): string {
  const where = `\\an${ANCHORS[anchor]}\\pos(${Math.round(x)},${Math.round(y)})`
  const look = `\\fs${Math.round(size)}${spacing === 0 ? '' : `\\fsp${spacing.toFixed(1)}`}`
  return `{${where}${look}${paint(colour, opacity)}}${lines.map(safeText).join('\\N')}`
}

/** Colours are written BGR, opacity as its opposite. */
function paint(colour: string, opacity: number): string {
  const [red, green, blue] = [colour.slice(0, 2), colour.slice(2, 4), colour.slice(4, 6)]
  const alpha = Math.round((1 - opacity) * 255)
    .toString(16)
    .padStart(2, '0')
    .toUpperCase()
  return `\\1c&H${blue}${green}${red}&\\1a&H${alpha}&`
}

const MARK = String.raw`(?:\u{FE0F}|\p{Emoji_Modifier})*`
const PICTURE = String.raw`(?![©®™])\p{Extended_Pictographic}${MARK}`
const FLAG = String.raw`\p{Regional_Indicator}{2}`
/** One or more emoji in a row, with their joiners and skin tones. */
const EMOJI = new RegExp(String.raw`(?:${FLAG}|${PICTURE}(?:\u{200D}${PICTURE})*)+`, 'gu')
/** Parts of flags and keycaps that mean nothing alone. */
const LEFTOVERS = /[\u{E0020}-\u{E007F}]|\u20E3/gu

/**
 * A person's text inside a document: a word joiner keeps a backslash from starting a command, braces
 * are escaped, emoji get a font that libass can draw (it has no use for colour fonts).
 */
export function safeText(text: string): string {
  return text
    .replace(/[\p{Cc}\p{Cs}\u2028\u2029]+/gu, ' ')
    .replace(LEFTOVERS, '')
    .replace(/\\/g, '\\\u2060')
    .replace(/[{}]/g, String.raw`\$&`)
    .replace(EMOJI, (run) => `{\\fn${EMOJI_FONT}}${run}{\\fn}`)
    .replace(/(?<!\p{Extended_Pictographic})\u{FE0F}/gu, '')
}
