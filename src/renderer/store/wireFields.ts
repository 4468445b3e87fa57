import type { FrameSource, RouteRequest } from '../../shared/domain/generation.ts'
import type { Json } from '../../shared/domain/json.ts'

/** What was sent, as people read it: text without quotes, frames by their names, no empty lists. */
export function wireFields({
  fields,
  frames,
}: RouteRequest): readonly { readonly key: string; readonly value: string }[] {
  return Object.entries(fields)
    .filter(([, value]) => !Array.isArray(value) || value.length > 0)
    .map(([key, value]) => ({ key, value: wireText(value, frames) }))
}

function wireText(value: Json, frames: readonly FrameSource[]): string {
  if (typeof value === 'string') return value
  if (Array.isArray(value)) return value.map((part: Json) => wireText(part, frames)).join(', ')
  const place = frameIn(value)
  if (place === null) return JSON.stringify(value)
  const frame = frames[place]
  if (frame === undefined) return 'a frame'
  return frame.kind === 'file' ? frame.name : frame.url
}

/** Index of the frame that stands for this value; null when it is none. */
function frameIn(value: Json): number | null {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return null
  const place = '$frame' in value ? value['$frame'] : null
  return typeof place === 'number' ? place : null
}
