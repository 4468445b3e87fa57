import type { JobError } from '../../../shared/domain/errors.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { Json } from '../../../shared/domain/json.ts'
import type { CallContext, CheckOutcome, KeyStatus } from '../spec.ts'
import { jsonOf, requestIdOf, retryAfterMs } from './answers.ts'
import type { ErrorReader } from './errorKinds.ts'
import type { CallReply, HttpAnswer } from './port.ts'
import { redactError } from './redact.ts'

/** What is needed to read any answer of a provider but that of its create. */
export interface Looking {
  readonly name: string
  readonly readError: ErrorReader
  readonly call: Pick<CallContext, 'apiKey' | 'now'>
}

/** A look that brought no state of the render. It never means that the render failed. */
export type Trouble = Extract<CheckOutcome, { kind: 'missing' | 'unreachable' }>

/** The JSON of a 2xx, else what was wrong with the look (money rule 9). */
export function readLook(reply: CallReply, looking: Looking): Result<Json, Trouble> {
  if (reply.kind === 'lost')
    return err({ kind: 'unreachable', error: lostError(reply, looking.name) })
  if (reply.status < 200 || reply.status > 299) return err(troubleOf(reply, looking))
  const json = jsonOf(reply)
  return json === undefined
    ? err({ kind: 'unreachable', error: unreadable(reply, looking.name) })
    : ok(json)
}

/** 404 in the provider's own envelope is `missing`; everything else only says that the look failed. */
export function troubleOf(answer: HttpAnswer, looking: Looking): Trouble {
  const said = looking.readError(answer)
  const error = redactError(said ?? unreadable(answer, looking.name), looking.call.apiKey)
  if (said !== null && answer.status === 404)
    return { kind: 'missing', error: { ...error, kind: 'unknown' } }
  const wait = retryAfterMs(answer.headers, looking.call.now())
  return { kind: 'unreachable', error, ...(wait === undefined ? {} : { retryAfterMs: wait }) }
}

/** What a failed call says about the key: only 401, 402 and 403 in the envelope speak against it. */
export function keyTrouble(error: JobError): KeyStatus {
  return error.kind === 'auth' || error.kind === 'quota'
    ? { kind: 'refused', error }
    : { kind: 'unreachable', error }
}

export function lostError(
  { cause, timedOut }: { cause: string; timedOut: boolean },
  name: string,
): JobError {
  const message = `${name} could not be asked: ${cause}. It is asked again by itself.`
  return timedOut
    ? { kind: 'timeout', code: 'NO_ANSWER', message }
    : { kind: 'unavailable', code: 'UNREACHABLE', message }
}

/** A 2xx that is none of the documented answers: nothing can be said of the render. */
export function strange(name: string): Trouble {
  const message = `${name} answered something that is none of its answers. It is asked again by itself.`
  return { kind: 'unreachable', error: { kind: 'unavailable', code: 'UNREADABLE_ANSWER', message } }
}

function unreadable({ status, headers }: HttpAnswer, name: string): JobError {
  const requestId = requestIdOf(headers)
  return {
    kind: status === 429 ? 'rateLimit' : 'unavailable',
    code: `UNREADABLE_HTTP_${status}`,
    message: `${name} answered something that is none of its answers (HTTP ${status}). It is asked again by itself.`,
    httpStatus: status,
    ...(requestId === undefined ? {} : { requestId }),
  }
}
