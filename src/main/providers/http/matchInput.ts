import type { Json, JsonObject } from '../../../shared/domain/json.ts'
import type { FoundOperation } from '../spec.ts'
import { isObject, sorted } from './frames.ts'

/**
 * Whether a listed request is the one that was sent (money rules 5 and 6). `different` needs a plain
 * value that contradicts ours; links may be rewritten, defaults filled in and inputs dropped, and
 * such an entry stays a possible match.
 */
export function matchInput(sent: JsonObject, seen: Json | undefined): FoundOperation['match'] {
  if (!isObject(seen) || Object.keys(seen).length === 0) return 'unknown'
  const names = new Set([...Object.keys(sent), ...Object.keys(seen)])
  const verdicts = [...names].map((name) => compare(sent[name], seen[name]))
  if (verdicts.includes('different')) return 'different'
  return verdicts.includes('unknown') ? 'unknown' : 'same'
}

function compare(ours: Json | undefined, theirs: Json | undefined): FoundOperation['match'] {
  if (ours === undefined || theirs === undefined) return 'unknown'
  if (JSON.stringify(sorted(ours)) === JSON.stringify(sorted(theirs))) return 'same'
  if (!isPlain(ours) || !isPlain(theirs)) return 'unknown'
  // `8` and `"8"` are the same wish; servers differ in how they show it.
  return String(ours) === String(theirs) ? 'same' : 'different'
}

/** A number, a flag or a text that is no link: what nobody rewrites. */
function isPlain(value: Json): value is string | number | boolean {
  if (typeof value === 'string') return !/^(https?|data|gs|s3):/.test(value)
  return typeof value === 'number' || typeof value === 'boolean'
}
