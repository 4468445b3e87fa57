import { request } from 'undici'
import { withDeadline } from './deadline.ts'
import type { Dispatchers } from './dispatchers.ts'
import { causeOf } from './networkCause.ts'
import type { CallReply, HttpCall } from './port.ts'
import { flatHeaders, readBody } from './readBody.ts'
import { checkBaseUrl } from './urlRules.ts'

/** Longest from the call to the last byte of the answer, in ms. */
const CALL_MS = 15_000

/** One call that may be repeated. Redirects are answers like others; the caller's signal aborts it. */
export async function sendCall(dispatchers: Dispatchers, call: HttpCall): Promise<CallReply> {
  const url = new URL(call.url)
  if (!checkBaseUrl(url.origin).ok) {
    return { kind: 'lost', cause: 'plain http is used for local hosts only', timedOut: false }
  }
  const limits = { signal: call.signal, ms: call.timeoutMs ?? CALL_MS }
  return withDeadline(limits, async ({ signal, timedOut }) => {
    try {
      const answer = await request(url, {
        dispatcher: await dispatchers.shared(url, call.publicOnly === true ? 'publicOnly' : null),
        method: call.method,
        headers: { ...call.headers, 'accept-encoding': 'identity' },
        body: call.body ?? null,
        signal,
        headersTimeout: 0,
        bodyTimeout: 0,
      })
      const body = await readBody(answer.body)
      const headers = flatHeaders(answer.headers)
      return { kind: 'answer', status: answer.statusCode, headers, body }
    } catch (error) {
      const cause = timedOut() ? 'no answer came in time' : causeOf(error)
      return { kind: 'lost', cause, timedOut: timedOut() }
    }
  })
}
