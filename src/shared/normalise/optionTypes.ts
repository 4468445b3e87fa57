import type { OptionType } from '../domain/catalogue.ts'
import type { Json } from '../domain/json.ts'

/** What a value must be, in a sentence. */
export const OPTION_WORDS: Readonly<Record<OptionType, string>> = {
  string: 'a text',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  strings: 'a list of texts',
  json: 'JSON',
}

/** Cells hold text; the wire wants the type that the catalogue names. Undefined when it cannot be read. */
export const readOption = (type: OptionType, value: Json): Json | undefined => READERS[type](value)

const READERS: Readonly<Record<OptionType, (value: Json) => Json | undefined>> = {
  string: (value) => (typeof value === 'object' ? undefined : String(value)),
  number: readNumber,
  integer: (value) => {
    const read = readNumber(value)
    return Number.isInteger(read) ? read : undefined
  },
  boolean: (value) => {
    if (typeof value === 'boolean') return value
    const word = typeof value === 'string' ? value.trim().toLowerCase() : ''
    if (word === 'true' || word === 'yes') return true
    return word === 'false' || word === 'no' ? false : undefined
  },
  strings: (value) => {
    const list = typeof value === 'string' ? readList(value) : value
    return Array.isArray(list) && list.every((item) => typeof item === 'string') ? list : undefined
  },
  json: (value) => (typeof value === 'string' ? (parsed(value) ?? value) : value),
}

function readNumber(value: Json): number | undefined {
  const read = typeof value === 'string' && value.trim() !== '' ? Number(value) : value
  return typeof read === 'number' && Number.isFinite(read) ? read : undefined
}

/** `["a", "b"]` or `a, b`. */
function readList(text: string): Json {
  if (text.trim().startsWith('[')) return parsed(text) ?? null
  return text.split(',').map((item) => item.trim())
}

function parsed(text: string): Json | undefined {
  try {
    return JSON.parse(text) as Json
  } catch {
    return undefined
  }
}
