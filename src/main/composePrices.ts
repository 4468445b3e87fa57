import type { PlannedJob } from '../shared/domain/job.ts'
import type { ModelId, ProviderId, RouteId } from '../shared/domain/ids.ts'
import type { Money } from '../shared/domain/money.ts'
import type { Tools } from './composeTools.ts'

/** What a provider says that one kind of job of a plan costs, beside what the catalogue says. */
export interface PriceAsked {
  readonly provider: ProviderId
  readonly name: string
  readonly model: ModelId
  readonly route: RouteId
  readonly durationSeconds: number
  /** Jobs of this kind. */
  readonly jobs: number
  /** Of one job; null: no known price. */
  readonly catalogue: Money | null
  /** Of one job; null: it did not say. */
  readonly said: Money | null
  /** Why it did not say; null when it did. */
  readonly trouble: string | null
}

export interface AskedPrices {
  readonly prices: readonly PriceAsked[]
  /** Kinds of job beyond the bound, which were not asked for. */
  readonly unasked: number
}

/** More would keep a person waiting; a batch seldom has so many. */
const MOST_KINDS = 20
const TIMEOUT_MS = 20_000

type PriceTools = Pick<Tools, 'providers' | 'credentials'>

/** Asks for each kind of job once, where the provider has such a call and its key is here. Free. */
export async function askPrices(
  tools: PriceTools,
  jobs: readonly PlannedJob[],
): Promise<AskedPrices> {
  const kinds = new Map<string, PlannedJob[]>()
  for (const job of jobs) {
    if (!canSay(tools, job.provider)) continue
    const { prompt: _, seed: __, ...shape } = job.request.expect
    const key = JSON.stringify([job.route, job.request.endpoint, shape, job.estimate])
    const kind = kinds.get(key)
    if (kind === undefined) kinds.set(key, [job])
    else kind.push(job)
  }
  const signal = AbortSignal.timeout(TIMEOUT_MS)
  const asked = [...kinds.values()].slice(0, MOST_KINDS)
  const prices = await Promise.all(asked.map((kind) => ask(tools, kind, signal)))
  return { prices: prices.flat(), unasked: kinds.size - asked.length }
}

const canSay = ({ providers, credentials }: PriceTools, id: ProviderId): boolean =>
  providers.get(id)?.estimate !== undefined && credentials.of(id).length > 0

async function ask(
  { providers, credentials }: PriceTools,
  kind: readonly PlannedJob[],
  signal: AbortSignal,
): Promise<readonly PriceAsked[]> {
  const [job] = kind
  const provider = job === undefined ? undefined : providers.get(job.provider)
  const [credential] = job === undefined ? [] : credentials.of(job.provider)
  if (job === undefined || provider?.estimate === undefined || credential === undefined) return []
  const call = credentials.call(provider.id, credential, signal)
  const answer = call.ok ? await provider.estimate(job.request, call.value) : call
  const { model, route, request, estimate } = job
  return [
    {
      provider: provider.id,
      name: provider.name,
      model,
      route,
      durationSeconds: request.expect.durationSeconds,
      jobs: kind.length,
      catalogue: estimate,
      said: answer.ok ? answer.value : null,
      trouble: answer.ok ? null : answer.error.message,
    },
  ]
}
