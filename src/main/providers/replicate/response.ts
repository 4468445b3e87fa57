import { z } from 'zod'
import type { Json, JsonObject } from '../../../shared/domain/json.ts'
import { FREE } from '../../../shared/domain/money.ts'
import type { CheckOutcome, FoundOperation, OutputSource } from '../spec.ts'
import { idSchema, soft } from '../http/lenient.ts'
import { matchInput } from '../http/matchInput.ts'
import { operationOf } from '../http/callers.ts'
import type { ListPage } from '../http/pages.ts'
import { videoLinks } from '../http/videoLinks.ts'
import { failedRender } from './errors.ts'

const predictionSchema = z.object({
  id: idSchema,
  status: soft(z.string()),
  model: soft(z.string()),
  version: soft(z.string()),
  input: soft(z.json()),
  output: soft(z.json()),
  error: soft(z.json()),
  created_at: soft(z.string()),
})
type Prediction = z.infer<typeof predictionSchema>

/** Id of a created prediction; null when the answer names none. */
export function readPredictionId(json: Json | undefined): string | null {
  return predictionSchema.safeParse(json).data?.id ?? null
}

/** The status alone; undefined when it is no prediction. */
export const statusOf = (json: Json | undefined): string | undefined =>
  predictionSchema.safeParse(json).data?.status

/** One look at a prediction; null when it is none. After an hour a finished one has no output left. */
export function readPrediction(json: Json): CheckOutcome | null {
  const prediction = predictionSchema.safeParse(json).data
  if (prediction === undefined) return null
  switch (prediction.status) {
    case 'starting':
      return { kind: 'queued' }
    case 'succeeded':
      return { kind: 'succeeded', outputs: outputsOf(prediction.output) }
    case 'failed': {
      const said =
        typeof prediction.error === 'string'
          ? prediction.error
          : JSON.stringify(prediction.error ?? '')
      return { kind: 'failed', error: failedRender(said) }
    }
    case 'canceled':
      return { kind: 'cancelled' }
    // Ended before it began: not billed.
    case 'aborted':
      return { kind: 'cancelled', cost: FREE }
    default:
      return { kind: 'running' }
  }
}

/** A link, a list of links, or an object that holds them, as the model likes. */
function outputsOf(output: Json | undefined): readonly OutputSource[] {
  if (output === undefined) return []
  const links = z
    .union([z.array(linkSchema), linkSchema.transform((link) => [link])])
    .safeParse(output).data
  return links?.map((url) => ({ kind: 'url', url, withKey: false }) as const) ?? videoLinks(output)
}

const linkSchema = z.string().regex(/^https?:/)

const listSchema = z.object({ results: z.array(predictionSchema), next: soft(z.string()) })

/** A page of GET /predictions, as possible matches of what was sent; null when it is none. */
export function readPage(
  json: Json,
  { sent, endpoint }: { sent: JsonObject; endpoint: string },
): ListPage<FoundOperation> | null {
  const list = listSchema.safeParse(json).data
  if (list === undefined) return null
  const items = list.results.map((prediction): FoundOperation => ({
    operation: operationOf(prediction.id),
    createdAtMs: Date.parse(prediction.created_at ?? '') || 0,
    match: isOf(prediction, endpoint) ? matchInput(sent, prediction.input) : 'different',
  }))
  return { items, next: list.next ?? null }
}

/** Official models show their name and a hidden version; versions show their id. */
function isOf({ model, version }: Prediction, endpoint: string): boolean {
  const wanted = endpoint.replace(/^version:/, '')
  const shown = endpoint.startsWith('version:') ? version : model
  return (
    shown === undefined || shown === 'hidden' || shown === wanted || wanted.endsWith(`:${shown}`)
  )
}
