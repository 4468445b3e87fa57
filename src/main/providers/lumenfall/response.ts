import { formatMoney } from '../../../shared/domain/moneyText.ts'
import { z } from 'zod'
import type { Json } from '../../../shared/domain/json.ts'
import type { JobError } from '../../../shared/domain/errors.ts'
import { moneyFrom, type Money } from '../../../shared/domain/money.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { CheckOutcome, OutputSource } from '../spec.ts'
import { idSchema, soft, softAmount, softNumber } from '../http/lenient.ts'
import { strange } from '../http/look.ts'
import { failedRender, NAME } from './errors.ts'

const videoSchema = z.object({
  id: idSchema,
  status: soft(z.string()),
  progress: softNumber,
  expires_at: softNumber,
  output: soft(z.object({ url: z.string().min(1), size_bytes: softNumber })),
  error: soft(z.object({ code: soft(z.string()), message: soft(z.string()) })),
  metadata: soft(
    z.object({
      cost: softAmount,
      cost_estimate: softAmount,
      cost_currency: soft(z.string().regex(/^[A-Za-z]{3}$/)),
    }),
  ),
})
type Video = z.infer<typeof videoSchema>

/** Id of a created or replayed video; null when the answer names none. */
export function readVideoId(json: Json | undefined): string | null {
  return videoSchema.safeParse(json).data?.id ?? null
}

/** One look at a video; null when it is no video object. An unknown status means running. */
export function readVideo(json: Json): CheckOutcome | null {
  const video = videoSchema.safeParse(json).data
  if (video === undefined) return null
  const cost = costOf(video)
  switch (video.status) {
    case 'queued':
      return { kind: 'queued', cost }
    case 'completed': {
      const expiresAtMs = video.expires_at === undefined ? undefined : video.expires_at * 1000
      return { kind: 'succeeded', outputs: outputsOf(video), cost, expiresAtMs }
    }
    case 'failed':
      return { kind: 'failed', error: failedRender(video.error), cost }
    case 'cancelled':
    case 'canceled':
      return { kind: 'cancelled', cost }
    default:
      return { kind: 'running', cost, progress: share(video.progress) }
  }
}

/** `metadata.cost` is the bill; before it is there `cost_estimate` is what will be. */
function costOf({ metadata }: Video): Money | undefined {
  const currency = metadata?.cost_currency?.toUpperCase() ?? 'USD'
  if (metadata?.cost !== undefined) return moneyFrom(metadata.cost, currency, false)
  return metadata?.cost_estimate === undefined
    ? undefined
    : moneyFrom(metadata.cost_estimate, currency, true)
}

function outputsOf({ output }: Video): readonly OutputSource[] {
  if (output === undefined) return []
  const bytes =
    output.size_bytes !== undefined && output.size_bytes > 0 ? { bytes: output.size_bytes } : {}
  return [{ kind: 'url', url: output.url, withKey: false, ...bytes }]
}

const share = (percent: number | undefined): number | undefined =>
  percent === undefined ? undefined : Math.min(1, Math.max(0, percent / 100))

const estimateSchema = z.object({
  estimated: z.literal(true),
  total_cost_micros: z.int().nonnegative(),
  currency: z.string().regex(/^[A-Za-z]{3}$/),
})

/** The answer to `?dryRun=true`; null when it is something else. */
export function readEstimate(json: Json | undefined): Money | null {
  const estimate = estimateSchema.safeParse(json).data
  if (estimate === undefined) return null
  return {
    micros: estimate.total_cost_micros,
    currency: estimate.currency.toUpperCase(),
    estimated: true,
  }
}

const balanceSchema = z.object({
  billing_type: soft(z.string()),
  available: z.object({ amount: softNumber, currency: soft(z.string()) }),
})

/** GET /v1/balance: the amount that is left, in words and as money. */
export function readBalance(json: Json): { readonly detail: string; readonly balance?: Money } {
  const parsed = balanceSchema.safeParse(json).data
  const { amount, currency = 'usd' } = parsed?.available ?? {}
  if (amount === undefined)
    return { detail: parsed?.billing_type === 'postpaid' ? 'Billed afterwards' : 'The key works' }
  const balance = moneyFrom(amount, currency.toUpperCase(), false)
  return { detail: `${formatMoney(balance)} left`, balance }
}

/** GET /models: the slugs that exist now. */
export function readModels(json: Json): Result<readonly string[], JobError> {
  const list = z.object({ data: z.array(z.object({ id: z.string() })) }).safeParse(json).data
  return list === undefined ? err(strange(NAME).error) : ok(list.data.map(({ id }) => id))
}
