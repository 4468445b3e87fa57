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

const inside = (value: unknown): readonly unknown[] =>
  typeof value === 'object' && value !== null ? Object.values(value) : []
