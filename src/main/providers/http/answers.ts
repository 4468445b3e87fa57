import { isTooDeep, type Json, parseJson } from '../../../shared/domain/json.ts'
import type { HttpAnswer } from './port.ts'

type Headers = Readonly<Record<string, string>>

/** The body as JSON; undefined when it is none that can be read (HTML, cut, empty, endlessly nested). */
export function jsonOf(answer: Pick<HttpAnswer, 'body'>): Json | undefined {
  try {
    const json = parseJson(new TextDecoder().decode(answer.body)) as Json
    return isTooDeep(json) ? undefined : json
  } catch {
    return undefined
  }
}

/**
 * `Retry-After` in ms, as seconds or as a date (RFC 9110, 10.2.3). A date counts from the server's
 * own `Date`, so that a wrong clock on this side does not matter.
 */
export function retryAfterMs(headers: Headers, nowMs: number): number | undefined {
  const value = headers['retry-after']?.trim() ?? ''
  if (/^\d+(\.\d+)?$/.test(value)) return Math.round(Number(value) * 1000)
  const at = Date.parse(value)
  return Number.isNaN(at) ? undefined : Math.max(0, at - (serverTimeMs(headers) ?? nowMs))
}

/** The server's clock, epoch ms, to the second. */
export function serverTimeMs(headers: Headers): number | undefined {
  const at = Date.parse(headers['date'] ?? '')
  return Number.isNaN(at) ? undefined : at
}

/** What support of a provider asks for. */
export function requestIdOf(headers: Headers): string | undefined {
  return headers['x-request-id'] ?? headers['x-fal-request-id'] ?? headers['request-id']
}
