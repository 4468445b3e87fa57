import { z } from 'zod'

/** What `JSON.parse` can return. */
export type Json =
  | null
  | boolean
  | number
  | string
  | readonly Json[]
  | { readonly [key: string]: Json }
export type JsonObject = { readonly [key: string]: Json }

const anyJson = z.json()
/** Any JSON, as it came: zod's own would answer with a copy without keys such as `__proto__`. */
export const jsonSchema: z.ZodType<Json> = z.custom<Json>(
  (value) => anyJson.safeParse(value).success,
  { error: 'must be JSON' },
)
export const jsonObjectSchema: z.ZodType<JsonObject> = z.record(z.string(), jsonSchema)

/**
 * What came from outside, for a schema to look at. zod compares whatever an object has as its `length`,
 * and throws where that has a `toString` that is no function: refused, as what is no JSON is.
 * @throws SyntaxError
 */
export function parseJson(text: string): unknown {
  const value: unknown = JSON.parse(text)
  // The key may be spelt with escapes.
  if (/toString|\\u/.test(text) && someInside(value, hasBadLength))
    throw new SyntaxError('A length in it is an object with a toString.')
  return value
}

/** Nothing that is meant for us is nested deeper, and whoever reads it goes in level by level. */
const MOST_LEVELS = 200

/** True for JSON that was made to exhaust the stack of its readers. */
export function isTooDeep(value: unknown): boolean {
  let level: readonly unknown[] = [value]
  for (let depth = 0; depth <= MOST_LEVELS; depth += 1) {
    if (level.length === 0) return false
    level = level.flatMap(inside)
  }
  return level.length > 0
}

const hasBadLength = (value: object): boolean =>
  'length' in value && someInside(value.length, (one) => Object.hasOwn(one, 'toString'))

/** Level by level: it may be nested deeper than functions may be. */
function someInside(value: unknown, test: (value: object) => boolean): boolean {
  for (let level: readonly unknown[] = [value]; level.length > 0; level = level.flatMap(inside)) {
    if (level.some((one) => typeof one === 'object' && one !== null && test(one))) return true
  }
  return false
}

const inside = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : []
