import type { JobError } from '../../../shared/domain/errors.ts'
import type { Operation } from '../../../shared/domain/job.ts'
import type { SubmitOutcome } from '../spec.ts'
import { requestIdOf, retryAfterMs } from './answers.ts'
import type { ErrorReader } from './errorKinds.ts'
import type { CreateReply, HttpAnswer } from './port.ts'
import { redactError } from './redact.ts'

/** What one provider knows about the answers to its create. */
export interface CreateReading {
  /** The provider's name, for people. */
  readonly name: string
  /** Of a 2xx: the operation, or null when the answer names none. */
  readonly readAccepted: (answer: HttpAnswer) => Operation | null
  readonly readError: ErrorReader
  /** A wait that only the text of a refusal tells. */
  readonly waitFromError?: ((error: JobError) => number | undefined) | undefined
  readonly apiKey: string | null
  /** Epoch ms. */
  readonly now: number
}

/** In the provider's own envelope these prove that nothing was made. 503 only with Retry-After. */
const REFUSALS = [400, 401, 402, 403, 404, 413, 422, 429]

/**
 * The outcome of a create (money rule 3), for every provider. Whatever is not clearly an acceptance,
 * a refusal or a connection that never stood is `unknown`: it may have been charged.
 */
export function createOutcome(reply: CreateReply, reading: CreateReading): SubmitOutcome {
  const { name } = reading
  if (reply.kind === 'notSent') return { kind: 'notSent', error: unsent(name, reply.cause) }
  if (reply.kind === 'lost') {
    const message = `The answer of ${name} was lost: ${reply.cause}.`
    return { kind: 'unknown', error: inDoubt(message, 'CREATE_LOST') }
  }
  const { status } = reply
  if (status >= 200 && status < 300) return accepted(reply, reading)
  const isElsewhere = status >= 300 && status < 400 && status !== 303
  if (isElsewhere || status === 421) return misdirected(reply, name)
  const said = reading.readError(reply)
  const error = said === null ? null : redactError(said, reading.apiKey)
  if (error !== null && isRefusal(reply)) return refused(reply, { error, reading })
  const message = `${name} answered HTTP ${status}, which does not say whether it took the request.`
  const code = error?.code ?? `CREATE_HTTP_${status}`
  return { kind: 'unknown', error: inDoubt(message, code, reply) }
}

function isRefusal({ status, headers }: HttpAnswer): boolean {
  return REFUSALS.includes(status) || (status === 503 && headers['retry-after'] !== undefined)
}

function accepted(answer: HttpAnswer, { name, readAccepted }: CreateReading): SubmitOutcome {
  const operation = readAccepted(answer)
  if (operation === null) {
    const message = `${name} answered HTTP ${answer.status} without naming a render.`
    return { kind: 'unknown', error: inDoubt(message, 'CREATE_WITHOUT_ID', answer) }
  }
  return { kind: 'accepted', operation }
}

function refused(
  answer: HttpAnswer,
  { error, reading }: { error: JobError; reading: CreateReading },
): SubmitOutcome {
  const retryAfter = retryAfterMs(answer.headers, reading.now) ?? reading.waitFromError?.(error)
  return {
    kind: 'refused',
    error,
    ...(retryAfter === undefined ? {} : { retryAfterMs: retryAfter }),
  }
}

/** Nobody can say whether it was charged. `answer` is there when one came. */
function inDoubt(what: string, code: string, answer?: HttpAnswer): JobError {
  const requestId = answer === undefined ? undefined : requestIdOf(answer.headers)
  return {
    kind: 'unknown',
    code,
    message: `${what} It is looked up there before anything is sent again.`,
    ...(requestId === undefined ? {} : { requestId }),
    ...(answer === undefined ? {} : { httpStatus: answer.status }),
  }
}

/** The base URL leads elsewhere: nothing was made, and every further create would go the same way. */
function misdirected({ status }: HttpAnswer, name: string): SubmitOutcome {
  return {
    kind: 'refused',
    stopsLane: true,
    error: {
      kind: 'invalidRequest',
      code: `CREATE_MISDIRECTED_${status}`,
      message: `${name} sends the request elsewhere (HTTP ${status}). Check its base URL, then resume.`,
      httpStatus: status,
    },
  }
}

function unsent(name: string, cause: string): JobError {
  const message = `${name} could not be reached: ${cause}. It is tried again by itself.`
  return { kind: 'unavailable', code: 'NOT_SENT', message }
}
