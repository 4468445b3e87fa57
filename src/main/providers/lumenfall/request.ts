import type { Json, JsonObject } from '../../../shared/domain/json.ts'
import { isObject } from '../http/frames.ts'

/**
 * The body of POST /videos: plain JSON. `fields` hold their frames already: data URIs or https links.
 * `model` is the slug, or `provider/slug` to force one upstream.
 */
export function createBody(model: string, fields: JsonObject): JsonObject {
  const { input_reference: reference, ...rest } = fields
  return {
    model,
    ...rest,
    ...(reference === undefined ? {} : { input_reference: asReference(reference) }),
  }
}

/** `{ image_url }` or a list of them is what is documented; a bare link or frame is wrapped. */
function asReference(value: Json): Json {
  if (Array.isArray(value)) return (value as readonly Json[]).map(asReference)
  return isObject(value) && 'image_url' in value ? value : { image_url: value }
}
