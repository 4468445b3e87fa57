import type { BatchPlan } from '../../src/shared/domain/batch.ts'
import type { JsonObject } from '../../src/shared/domain/json.ts'
import { KEYS, routeRequest, type HostedId } from './providerBench.ts'

export interface MoneyPlanOptions {
  readonly jobs?: number
  /** Jobs that share one request. */
  readonly twins?: boolean
  /** Instead of rows that are numbered. */
  readonly prompts?: readonly string[]
  readonly micros?: number | null
  readonly cap?: BatchPlan['cap']
  readonly allowUnpriced?: boolean
  readonly concurrency?: number | null
  readonly outDir?: string
  readonly project?: string
  readonly fields?: JsonObject
}

/** A batch as a file would have led to it, without the catalogue. */
export function planFor(id: HostedId, options: MoneyPlanOptions): BatchPlan {
  const { prompts, jobs = prompts?.length ?? 3, twins = false } = options
  const { micros = 100_000, fields = {} } = options
  return {
    name: 'Money',
    digest: 'money',
    source: 'test',
    project: options.project ?? null,
    cap: options.cap ?? null,
    allowUnpriced: options.allowUnpriced ?? false,
    tonight: false,
    concurrency: options.concurrency ?? null,
    outDir: options.outDir ?? null,
    jobs: Array.from({ length: jobs }, (_, index) => {
      const own = prompts?.[index] ?? `Row ${index + 1} crosses a bridge`
      const prompt = twins ? 'The very same words' : own
      return {
        row: index + 1,
        take: 1,
        name: null,
        tags: [],
        prompt,
        template: 'Row {1|2|3} crosses a bridge',
        provider: id,
        model: 'kling-v3',
        modelName: 'Kling 3',
        route: `${id}/test`,
        request: routeRequest(id, prompt, fields),
        warnings: [],
        estimate: micros === null ? null : { micros, currency: 'USD', estimated: true },
      }
    }),
  }
}

const KEY_VARIABLES: Readonly<Record<HostedId, string>> = {
  lumenfall: 'LUMENFALL_API_KEY',
  'openai-videos': 'OPENAI_API_KEY',
  fal: 'FAL_KEY',
  replicate: 'REPLICATE_API_TOKEN',
}

/** The environment variable that holds a canary key of the provider. */
export const keyIn = (id: HostedId): Readonly<Record<string, string>> => ({
  [KEY_VARIABLES[id]]: KEYS[id],
})
