import { z } from 'zod'
import type { CredentialId } from '../../../shared/domain/ids.ts'
import type { Json } from '../../../shared/domain/json.ts'
import { moneyFrom, type Money } from '../../../shared/domain/money.ts'
import type { CallContext } from '../spec.ts'
import { baseOf } from '../http/callers.ts'
import { amountSchema } from '../http/lenient.ts'
import { question, type Voice } from '../http/voice.ts'

/** A clip waits for its bill no longer than this. */
const TIMEOUT_MS = 5_000
/** An ordinary key may not ask (403), and what is out of order is not asked with every clip. */
const QUIET_MS = 3_600_000
/** No render of a night is older. */
const LOOK_BACK_MS = 48 * 3_600_000

/** What fal itself billed for a request; undefined where the key may not ask, or nothing is listed yet. */
export type Bills = (requestId: string, call: CallContext) => Promise<Money | undefined>

/** GET /models/billing-events wants a key with admin scope; any other is asked once an hour. */
export function createBills(voice: Voice): Bills {
  const quietUntil = new Map<CredentialId, number>()
  return async (requestId, call) => {
    const now = call.now()
    if ((quietUntil.get(call.credential) ?? 0) > now) return undefined
    const query = new URLSearchParams({
      request_id: requestId,
      start: new Date(now - LOOK_BACK_MS).toISOString(),
    })
    const url = `${baseOf(call, 'api')}/models/billing-events?${query.toString()}`
    const answer = await question(voice, call, { url, timeoutMs: TIMEOUT_MS })
    if (answer.ok) return readBill(answer.value, requestId)
    quietUntil.set(call.credential, now + QUIET_MS)
    return undefined
  }
}

const billSchema = z.object({
  billing_events: z.array(z.object({ request_id: z.string(), cost_total: amountSchema })),
})

/**
 * In US dollars, after discount. Neither an empty list nor a sum of nothing proves that a clip was free:
 * events come later than the clip, and its reservation must not be let go for one that is not made yet.
 */
export function readBill(json: Json, requestId: string): Money | undefined {
  const events = billSchema
    .safeParse(json)
    .data?.billing_events.filter((event) => event.request_id === requestId)
  if (events === undefined || events.length === 0) return undefined
  const total = events.reduce((sum, { cost_total: cost }) => sum + cost, 0)
  return total === 0 ? undefined : moneyFrom(total, 'USD', false)
}
