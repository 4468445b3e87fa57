import { MAX_NAME_LENGTH } from './syntax.ts'

/** What was read at a place, and where reading goes on. */
export interface Token<T> {
  readonly value: T
  readonly end: number
}

// Each expression is sticky, bounded and has one way to match, so that reading stays linear.
const VARIABLE = new RegExp(String.raw`\{\{([^{}|\\\n]{0,${MAX_NAME_LENGTH}})\}\}`, 'y')
const LIST = new RegExp(
  String.raw`__(?=[\p{L}\p{N}])((?:[\p{L}\p{N}\p{M} ./-]|_(?!_)){1,${MAX_NAME_LENGTH}})__`,
  'uy',
)
// A number that is out of bounds is read all the same: as text it would be sent.
const WEIGHT = /[ \t\r\n]{0,99}(-?(?:\d{1,20}(?:\.\d{1,20})?|\.\d{1,20})(?:[eE]\d{1,3})?)::/y
const CHOOSE = /[ \t\r\n]{0,99}(-?\d{1,20})(?:-(\d{0,20}))?\$\$(?:([^$|{}\\]{0,99})\$\$)?/y
const COMMENT = /#(?:[ \t][^\n]*|\r?)(?:\n|$)/y

const SPECIAL = /[\\{}|_#]/g
const ESCAPABLE = '\\{}|_#$:'

const DEFAULT_SEPARATOR = ', '

function match(expression: RegExp, source: string, at: number): RegExpExecArray | null {
  expression.lastIndex = at
  return expression.exec(source)
}

/** Where the next character stands that may mean more than itself; the end of the text without one. */
export const nextSpecial = (source: string, at: number): number =>
  match(SPECIAL, source, at)?.index ?? source.length

/** A backslash at `at` before a character that it makes plain text; that character. */
export function readEscape(source: string, at: number): Token<string> | undefined {
  const value = source.charAt(at + 1)
  const isEscape = source.charAt(at) === '\\' && value !== '' && ESCAPABLE.includes(value)
  return isEscape ? { value, end: at + 2 } : undefined
}

/** `{{name}}` at `at`; the name without outer blanks, possibly empty. */
export function readVariable(source: string, at: number): Token<string> | undefined {
  const found = match(VARIABLE, source, at)
  return found === null ? undefined : { value: (found[1] ?? '').trim(), end: at + found[0].length }
}

/** `__name__` at `at`. */
export function readList(source: string, at: number): Token<string> | undefined {
  const found = match(LIST, source, at)
  return found === null ? undefined : { value: (found[1] ?? '').trim(), end: at + found[0].length }
}

/** `2::` or `0.5::` at the start of an option; 1 where there is none. */
export function readWeight(source: string, at: number): Token<number> {
  const found = match(WEIGHT, source, at)
  return found === null
    ? { value: 1, end: at }
    : { value: Number(found[1]), end: at + found[0].length }
}

export interface ChooseHead {
  readonly least: number
  readonly most: number
  readonly separator: string
}

/** `2$$`, `1-3$$` or `2$$ and $$` behind an opening brace. */
export function readChoose(source: string, at: number): Token<ChooseHead> | undefined {
  const found = match(CHOOSE, source, at)
  if (found === null) return undefined
  const least = Number(found[1])
  const most = found[2] === undefined ? least : Number(found[2])
  const separator = found[3] ?? DEFAULT_SEPARATOR
  return { value: { least, most, separator }, end: at + found[0].length }
}

/** A line that begins with `#` and a blank (or is `#` alone): where the next line begins, and how many blanks stood before. */
export function readComment(source: string, at: number): Token<number> | undefined {
  let lineStart = at
  while (source[lineStart - 1] === ' ' || source[lineStart - 1] === '\t') lineStart -= 1
  if (lineStart > 0 && source[lineStart - 1] !== '\n') return undefined
  const found = match(COMMENT, source, at)
  return found === null ? undefined : { value: at - lineStart, end: at + found[0].length }
}
