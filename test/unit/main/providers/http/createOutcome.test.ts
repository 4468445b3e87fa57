import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  createOutcome,
  type CreateReading,
} from '../../../../../src/main/providers/http/createOutcome.ts'
import type { CreateReply } from '../../../../../src/main/providers/http/port.ts'

const reading: CreateReading = {
  name: 'Test',
  readAccepted: ({ body }) => {
    const id = /^id:(\w+)$/.exec(Buffer.from(body).toString())?.[1]
    return id === undefined ? null : { id, version: 1, data: null }
  },
  readError: ({ status, body }) =>
    Buffer.from(body).toString().startsWith('error:')
      ? {
          kind: 'unavailable',
          code: 'SAID',
          message: `said ${Buffer.from(body).toString()}`,
          httpStatus: status,
        }
      : null,
  apiKey: 'k-secret-key',
  now: 0,
}
const answer = (
  status: number,
  body: string,
  headers: Record<string, string> = {},
): CreateReply => ({ kind: 'answer', status, headers, body: Buffer.from(body) })
const outcome = (reply: CreateReply) => createOutcome(reply, reading)

/** Money rule 3, written once more in other words. */
function expected(
  status: number,
  { isEnvelope, hasId, retryAfter }: { isEnvelope: boolean; hasId: boolean; retryAfter: boolean },
): string {
  if (status >= 200 && status < 300) return hasId ? 'accepted' : 'unknown'
  if (status === 421 || (status >= 300 && status <= 399 && status !== 303)) return 'refused'
  if (!isEnvelope) return 'unknown'
  if ([400, 401, 402, 403, 404, 413, 422, 429].includes(status)) return 'refused'
  return status === 503 && retryAfter ? 'refused' : 'unknown'
}

describe('the outcome of a create', () => {
  it('is what rule 3 says, for every status, body and header', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 200, max: 599 }),
        fc.constantFrom('id:abc', 'error:busy', '<html>', ''),
        fc.boolean(),
        (status, body, retryAfter) => {
          const result = outcome(answer(status, body, retryAfter ? { 'retry-after': '5' } : {}))
          const hasId = body === 'id:abc'
          expect(result.kind).toBe(
            expected(status, { isEnvelope: body === 'error:busy', hasId, retryAfter }),
          )
        },
      ),
      { numRuns: 2_000 },
    )
  })

  it('is unsent only when no connection stood', () => {
    expect(outcome({ kind: 'notSent', cause: 'nothing listens there' })).toMatchObject({
      kind: 'notSent',
      error: { code: 'NOT_SENT' },
    })
    expect(outcome({ kind: 'lost', cause: 'the connection was reset' })).toMatchObject({
      kind: 'unknown',
      error: { kind: 'unknown', code: 'CREATE_LOST' },
    })
  })

  it('shows no key that a provider echoed', () => {
    const result = outcome(answer(400, 'error: your key k-secret-key is wrong'))
    expect(JSON.stringify(result)).not.toContain('k-secret-key')
  })
})
