/** What a file name can be made of. */
export interface NameParts {
  readonly batch: string
  readonly row: number
  readonly take: number
  /** Which output of one render, from 0; named from the second on. */
  readonly takeNo: number
  readonly name: string | null
  readonly prompt: string
  readonly model: string
  readonly provider: string
  readonly seed: number | null
  /** Epoch ms, for `{date}`: the day in the person's own time zone. */
  readonly at: number
}

export const DEFAULT_NAMING = '{row}-{prompt}-{model}-t{take}'
export const NAMING_TOKENS = [
  'batch',
  'row',
  'take',
  'name',
  'prompt',
  'model',
  'provider',
  'seed',
  'date',
] as const

/** Bytes; with an ending and a collision number it stays below 255 on every file system. */
const LONGEST_NAME_BYTES = 150
const PROMPT_CHARACTERS = 48

/**
 * A relative path without its ending, `/` between folders, safe on Linux, macOS and Windows whatever
 * the prompt says: no separators from values, no control characters, no reserved names, nothing
 * that climbs out of the folder. A slash in the template makes a folder. Pure.
 */
export function fileNameFor(template: string, parts: NameParts): string {
  const fill = (text: string): string =>
    text.replace(/\{([a-z]+)\}/g, (whole, token: string) => valueOf(token, parts) ?? whole)
  const steps = template.split('/').filter((step) => step.trim() !== '')
  const path = steps.map((step) => safeName(fill(step))).join('/') || 'untitled'
  return parts.takeNo === 0 ? path : `${path}-${parts.takeNo + 1}`
}

function valueOf(token: string, parts: NameParts): string | undefined {
  switch (token) {
    case 'batch':
      return slug(parts.batch)
    case 'row':
      return String(parts.row).padStart(3, '0')
    case 'take':
      return String(parts.take)
    case 'name':
    case 'prompt':
      return slug(token === 'name' && parts.name !== null ? parts.name : parts.prompt)
    case 'model':
      return slug(parts.model)
    case 'provider':
      return slug(parts.provider)
    case 'seed':
      return parts.seed === null ? 'noseed' : String(parts.seed)
    case 'date':
      return dayOf(parts.at)
    default:
      return undefined
  }
}

/** Words joined by hyphens; letters of every script stay. */
export function slug(text: string): string {
  const words =
    text
      .normalize('NFC')
      .toLowerCase()
      .match(/[\p{L}\p{M}\p{N}]+/gu) ?? []
  const joined = Array.from(words.join('-')).slice(0, PROMPT_CHARACTERS).join('')
  return joined.replace(/-+$/, '') || 'untitled'
}

/** What Windows keeps for devices, with any ending; superscript digits count as digits there. */
const RESERVED = /^(con|prn|aux|nul|conin\$|conout\$|(com|lpt)[\d¹²³]) *(\..*)?$/i

/** A single path component that every system accepts. */
export function safeName(text: string): string {
  const cleaned = text
    .normalize('NFC')
    .replace(/[\p{Cc}\p{Cf}<>:"/\\|?*]/gu, '-')
    .replace(/\s+/g, ' ')
  const short = firstBytes(cleaned, LONGEST_NAME_BYTES).replace(/^[ .]+|[ .]+$/g, '')
  if (short === '') return 'untitled'
  return RESERVED.test(short) ? `_${short}` : short
}

/** The same for names that some system takes for one file: `ſ` is `s` on a Mac, `é` is `e` with its accent. */
export const foldedName = (name: string): string =>
  name.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC')

function firstBytes(text: string, limit: number): string {
  let bytes = 0
  let kept = ''
  for (const character of text) {
    bytes += utf8Bytes(character.codePointAt(0) ?? 0)
    if (bytes > limit) break
    kept += character
  }
  return kept
}

const utf8Bytes = (code: number): number =>
  code < 0x80 ? 1 : code < 0x8_00 ? 2 : code < 0x1_00_00 ? 3 : 4

function dayOf(at: number): string {
  const date = new Date(at)
  const two = (value: number): string => String(value).padStart(2, '0')
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`
}
