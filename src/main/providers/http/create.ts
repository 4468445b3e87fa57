import { request, type Dispatcher } from 'undici'
import type { Dispatchers } from './dispatchers.ts'
import { causeOf, TOO_LATE } from './networkCause.ts'
import type { CreateReply, HttpCreate } from './port.ts'
import { flatHeaders, readBody } from './readBody.ts'
import { checkBaseUrl } from './urlRules.ts'

/** Longest from the call to the last byte of the answer, in ms. */
const CREATE_MS = 30_000

/**
 * Sends one POST on a connection of its own (money rule 1): no retry, no redirect, no HTTP/2, no
 * abort by the caller. `notSent` is certain: no byte of the request can have left.
 */
export async function sendCreate(
  dispatchers: Dispatchers,
  create: HttpCreate,
): Promise<CreateReply> {
  const url = new URL(create.url)
  if (!checkBaseUrl(url.origin).ok)
    return { kind: 'notSent', cause: 'plain http is used for local hosts only' }
  const sent = { begun: false }
  let dispatcher: Dispatcher
  try {
    dispatcher = await dispatchers.oneShot(url)
  } catch {
    return { kind: 'notSent', cause: 'the proxy setting cannot be used' }
  }
  const timer = setTimeout(() => void dispatcher.destroy(), create.timeoutMs ?? CREATE_MS)
  try {
    const answer = await request(url, {
      dispatcher: dispatcher.compose(noteStart(sent, create.isLate)),
      method: 'POST',
      headers: { ...create.headers, 'accept-encoding': 'identity' },
      body: create.body,
      reset: true,
      headersTimeout: 0,
      bodyTimeout: 0,
    })
    const body = await readBody(answer.body)
    return { kind: 'answer', status: answer.statusCode, headers: flatHeaders(answer.headers), body }
  } catch (error) {
    return { kind: sent.begun ? 'lost' : 'notSent', cause: causeOf(error) }
  } finally {
    clearTimeout(timer)
    await dispatcher.destroy().catch(() => undefined)
  }
}

/** Notes the moment at which undici has a connection for the request and begins to write it, if it may. */
function noteStart(
  sent: { begun: boolean },
  isLate: (() => boolean) | undefined,
): Dispatcher.DispatcherComposeInterceptor {
  return (dispatch) => (options, handler) =>
    dispatch(options, {
      onRequestStart(controller, context) {
        handler.onRequestStart?.(controller, context)
        if (isLate?.() === true)
          return controller.abort(Object.assign(new Error('too late'), { code: TOO_LATE }))
        sent.begun = true
      },
      onRequestUpgrade: (...given) => handler.onRequestUpgrade?.(...given),
      onResponseStart: (...given) => handler.onResponseStart?.(...given),
      onResponseData: (...given) => handler.onResponseData?.(...given),
      onResponseEnd: (...given) => handler.onResponseEnd?.(...given),
      onResponseError: (...given) => handler.onResponseError?.(...given),
    })
}
