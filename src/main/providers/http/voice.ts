import type { Operation } from '../../../shared/domain/job.ts'
import type { JobError } from '../../../shared/domain/errors.ts'
import type { Json } from '../../../shared/domain/json.ts'
import { err, type Result } from '../../../shared/domain/result.ts'
import type { CallContext, CheckOutcome, SubmitCall, SubmitOutcome, WireRequest } from '../spec.ts'
import { createOutcome } from './createOutcome.ts'
import type { ErrorReader } from './errorKinds.ts'
import { readLook, type Trouble } from './look.ts'
import type { CallReply, HttpAnswer, HttpCall } from './port.ts'
import { redactError } from './redact.ts'

/** How one provider is spoken to, for every call that we make of it. */
export interface Voice {
  /** For people. */
  readonly name: string
  readonly readError: ErrorReader
  readonly keyHeaders: (apiKey: string) => Readonly<Record<string, string>>
  /** A wait that only the text of a refusal tells. */
  readonly waitFromError?: ((error: JobError) => number | undefined) | undefined
}

type Ask = Omit<HttpCall, 'signal' | 'method'> & {
  readonly method?: HttpCall['method'] | undefined
}

/** Sends the frozen bytes once and says what came of it (money rules 1 and 3). */
export async function sendFrozen(
  voice: Voice,
  {
    wire,
    call,
    readAccepted,
  }: {
    wire: WireRequest
    call: SubmitCall
    readAccepted: (answer: HttpAnswer) => Operation | null
  },
): Promise<SubmitOutcome> {
  const headers = { ...wire.headers, ...keyOf(voice, call) }
  const reply = await call.http.create({
    url: wire.url,
    headers,
    body: wire.body,
    isLate: call.isLate,
  })
  return createOutcome(reply, { ...voice, readAccepted, apiKey: call.apiKey, now: call.now() })
}

/** One call with the key; the answer as it came. The URL must be on a configured base URL. */
export async function reach(voice: Voice, call: CallContext, ask: Ask): Promise<CallReply> {
  const headers = { accept: 'application/json', ...ask.headers, ...keyOf(voice, call) }
  return call.http.call({ ...ask, method: ask.method ?? 'GET', headers, signal: call.signal })
}

/** A look at one render: the JSON of a 2xx, else why there is none. */
export async function look(
  voice: Voice,
  call: CallContext,
  ask: Ask,
): Promise<Result<Json, Trouble>> {
  return readLook(await reach(voice, call, ask), { ...voice, call })
}

/** A question that is about no single render. */
export async function question(
  voice: Voice,
  call: CallContext,
  ask: Ask,
): Promise<Result<Json, JobError>> {
  const answer = await look(voice, call, ask)
  return answer.ok ? answer : err(answer.error.error)
}

/** The same outcome with no key in what a provider wrote into it. */
export function cleaned(outcome: CheckOutcome, { apiKey }: CallContext): CheckOutcome {
  return 'error' in outcome ? { ...outcome, error: redactError(outcome.error, apiKey) } : outcome
}

const keyOf = (
  voice: Voice,
  { apiKey }: { apiKey: string | null },
): Readonly<Record<string, string>> => (apiKey === null ? {} : voice.keyHeaders(apiKey))
