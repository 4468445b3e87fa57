import type { ServerResponse } from 'node:http'
import type { Reply } from './protocol.ts'
import type { FaultHow } from './types.ts'

const HTML =
  '<!doctype html><html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>'

/** Writes an answer whole. Returns the status that was sent. */
export function sendReply(response: ServerResponse, { status, json, headers }: Reply): number {
  const body = json === undefined ? '' : JSON.stringify(json)
  const type = json === undefined ? {} : { 'content-type': 'application/json' }
  response.writeHead(status, {
    ...type,
    ...headers,
    ...(status === 204 ? {} : { 'content-length': Buffer.byteLength(body) }),
  })
  response.end(status === 204 ? undefined : body)
  return status
}

/** Answers as a fault wants it; null when no answer is given. `reply` is the true one. */
export function sendFaulty(
  response: ServerResponse,
  how: FaultHow,
  { reply, envelope }: { reply: Reply; envelope: (status: number) => Reply },
): number | null {
  switch (how.kind) {
    case 'destroy':
      response.destroy()
      return null
    case 'half': {
      const body = JSON.stringify(reply.json ?? {})
      response.writeHead(reply.status, {
        'content-type': 'application/json',
        'content-length': Buffer.byteLength(body),
      })
      response.write(body.slice(0, Math.floor(body.length / 2)), () => response.destroy())
      return reply.status
    }
    case 'status':
      return sendStatus(response, how, envelope)
    case 'html':
      return sendText(response, 200, { text: HTML })
    case 'cut': {
      const body = JSON.stringify(reply.json ?? {})
      return sendText(response, reply.status, {
        text: body.slice(0, Math.floor(body.length / 2)),
        type: 'application/json',
      })
    }
    case 'noId':
      return sendReply(response, { status: reply.status, json: { ok: true } })
    case 'unknownStatus':
      return sendReply(response, {
        ...reply,
        json: { ...asObject(reply.json), status: 'PONDERING' },
      })
    case 'wrongTypes':
      return sendReply(response, { ...reply, json: mistyped(reply.json ?? {}) })
    case 'hang':
      return null
    default:
      return sendReply(response, reply)
  }
}

const asObject = (json: unknown): object => (typeof json === 'object' && json !== null ? json : {})

/** Every text becomes a number, every number a text; shapes stay. */
function mistyped(json: unknown): unknown {
  if (Array.isArray(json)) return json.map(mistyped)
  if (typeof json === 'string') return json.length
  if (typeof json !== 'object' || json === null) return String(json)
  return Object.fromEntries(Object.entries(json).map(([name, value]) => [name, mistyped(value)]))
}

function sendStatus(
  response: ServerResponse,
  how: FaultHow & { kind: 'status' },
  envelope: (status: number) => Reply,
): number {
  const extra = {
    ...how.headers,
    ...(how.retryAfter === undefined ? {} : { 'retry-after': how.retryAfter }),
    ...(how.location === undefined ? {} : { location: how.location }),
  }
  for (const [name, value] of Object.entries(extra)) response.setHeader(name, value)
  const whole = envelope(how.status)
  if (how.body === 'html') return sendText(response, how.status, { text: HTML })
  if (how.body === 'empty') return sendReply(response, { status: how.status })
  if (how.body === 'cut')
    return sendText(response, how.status, {
      text: JSON.stringify(whole.json).slice(0, 9),
      type: 'application/json',
    })
  return sendReply(response, whole)
}

function sendText(
  response: ServerResponse,
  status: number,
  { text, type = 'text/html; charset=utf-8' }: { readonly text: string; readonly type?: string },
): number {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(text) })
  response.end(text)
  return status
}
