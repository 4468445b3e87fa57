import { z } from 'zod'
import type { Json, JsonObject } from '../../../shared/domain/json.ts'
import { FREE, moneyFrom, type Money } from '../../../shared/domain/money.ts'
import type { CheckOutcome, FoundOperation } from '../spec.ts'
import { amountSchema, idSchema, soft, softNumber } from '../http/lenient.ts'
import { matchInput } from '../http/matchInput.ts'
import type { ListPage } from '../http/pages.ts'
import type { HttpAnswer } from '../http/port.ts'
import { videoLinks } from '../http/videoLinks.ts'
import { errorTypeOf, failedRender } from './errors.ts'

const urls = {
  status_url: soft(z.string()),
  response_url: soft(z.string()),
  cancel_url: soft(z.string()),
}
const createdSchema = z.object({ request_id: idSchema, ...urls })
export type Created = z.infer<typeof createdSchema>

/** What a create answers; null when it names no request. */
export const readCreated = (json: Json | undefined): Created | null =>
  createdSchema.safeParse(json).data ?? null

const statusSchema = z.object({ status: z.string(), queue_position: softNumber })

/** The queue's word; `completed` says only that the result can be asked for. Null when it is no status. */
export function readStatus(json: Json): CheckOutcome | 'completed' | null {
  const status = statusSchema.safeParse(json).data
  if (status === undefined) return null
  if (status.status === 'COMPLETED') return 'completed'
  return status.status === 'IN_QUEUE'
    ? { kind: 'queued', position: status.queue_position }
    : { kind: 'running' }
}

/** A finished request: every video in it, and the seed where the model tells. */
export function readResult(json: Json): CheckOutcome {
  const seed = z.object({ seed: softNumber }).safeParse(json).data?.seed
  const isSeed = seed !== undefined && Number.isSafeInteger(seed) && seed >= 0
  return { kind: 'succeeded', outputs: videoLinks(json), ...(isSeed ? { seed } : {}) }
}

/** Answers of the result call that say something of the key, the load or the link, not of the render. */
const NOT_ABOUT_THE_RENDER = [401, 403]
const UNLESS_TYPED = [404, 408, 429]

/**
 * Whether an error of the result call means that the render failed: a 4xx in fal's envelope, or any
 * error with a type. Null: ask again. A 5xx is never billed; 422 may be (fal FAQ).
 */
export function readFailure(answer: HttpAnswer, isEnvelope: boolean): CheckOutcome | null {
  const { status } = answer
  const type = errorTypeOf(answer)
  const isTyped = type !== undefined
  if (status < 400 || NOT_ABOUT_THE_RENDER.includes(status)) return null
  // COMPLETED in one place and not yet in the other.
  if (status === 400 && !isTyped && /in progress/i.test(new TextDecoder().decode(answer.body)))
    return null
  if (!isTyped && (!isEnvelope || status >= 500 || UNLESS_TYPED.includes(status))) return null
  const isFree = status >= 500 || Number(answer.headers['x-fal-billable-units'] ?? '1') === 0
  const cost = isFree ? { cost: FREE } : {}
  return type === 'client_cancelled'
    ? { kind: 'cancelled', ...cost }
    : { kind: 'failed', error: failedRender(answer), ...cost }
}

const listSchema = z.object({
  items: z.array(
    z.object({
      request_id: idSchema,
      endpoint_id: soft(z.string()),
      sent_at: soft(z.string()),
      started_at: soft(z.string()),
      json_input: soft(z.json()),
    }),
  ),
  has_more: soft(z.boolean()),
  next_cursor: soft(z.string()),
})

/** A page of the requests of one endpoint, as possible matches of what was sent; null when it is none. */
export function readPage(
  json: Json,
  { sent, endpoint }: { sent: JsonObject; endpoint: string },
): ListPage<FoundOperation> | null {
  const list = listSchema.safeParse(json).data
  if (list === undefined) return null
  const items = list.items.map((item): FoundOperation => ({
    operation: {
      id: item.request_id,
      version: 1,
      data: { endpoint: item.endpoint_id ?? endpoint },
    },
    createdAtMs: Date.parse(item.sent_at ?? item.started_at ?? '') || 0,
    match: matchInput(sent, item.json_input),
  }))
  return { items, next: list.has_more === false ? null : (list.next_cursor ?? null) }
}

const priceSchema = z.object({
  prices: z.array(z.object({ endpoint_id: z.string(), unit: soft(z.string()) })),
})

/** How many units of its price one clip has; null when the unit is none that we can count. */
export function unitsOf(
  json: Json,
  { endpoint, seconds }: { endpoint: string; seconds: number },
): number | null {
  const unit =
    priceSchema.safeParse(json).data?.prices.find((price) => price.endpoint_id === endpoint)
      ?.unit ?? ''
  if (/second/i.test(unit)) return seconds
  return /^(videos?|generations?|requests?|units?)$/i.test(unit) ? 1 : null
}

const estimateSchema = z.object({
  total_cost: amountSchema,
  currency: z.string().regex(/^[A-Za-z]{3}$/),
})

/** The answer of pricing/estimate; null when it is none. */
export function readEstimate(json: Json): Money | null {
  const estimate = estimateSchema.safeParse(json).data
  return estimate === undefined
    ? null
    : moneyFrom(estimate.total_cost, estimate.currency.toUpperCase(), true)
}
