import { z } from 'zod'
import type { Json, JsonObject } from '../../../shared/domain/json.ts'
import type { CheckOutcome, FoundOperation } from '../spec.ts'
import { idSchema, soft, softNumber } from '../http/lenient.ts'
import { matchInput } from '../http/matchInput.ts'
import { operationOf } from '../http/callers.ts'
import type { ListPage } from '../http/pages.ts'
import { failedRender } from './errors.ts'

const videoSchema = z.object({
  id: idSchema,
  status: soft(z.string()),
  progress: softNumber,
  created_at: softNumber,
  expires_at: softNumber,
  error: soft(z.object({ code: soft(z.string()), message: soft(z.string()) })),
})

/** Id of a created video; null when the answer names none. */
export function readVideoId(json: Json | undefined): string | null {
  return videoSchema.safeParse(json).data?.id ?? null
}

/** One look at a video; null when it is no video object. The bytes are at `contentUrl`, with the key. */
export function readVideo(json: Json, contentUrl: string): CheckOutcome | null {
  const video = videoSchema.safeParse(json).data
  if (video === undefined) return null
  switch (video.status) {
    case 'queued':
      return { kind: 'queued' }
    case 'completed': {
      const outputs = [{ kind: 'url', url: contentUrl, withKey: true } as const]
      const expiresAtMs = video.expires_at === undefined ? undefined : video.expires_at * 1000
      return { kind: 'succeeded', outputs, expiresAtMs }
    }
    case 'failed':
      return { kind: 'failed', error: failedRender(video.error) }
    case 'cancelled':
    case 'canceled':
    case 'deleted':
      return { kind: 'cancelled' }
    default: {
      const progress =
        video.progress === undefined ? undefined : Math.min(1, Math.max(0, video.progress / 100))
      return { kind: 'running', progress }
    }
  }
}

const listSchema = z.object({
  data: z.array(z.looseObject({ id: idSchema, created_at: softNumber })),
  has_more: soft(z.boolean()),
})

/** Most that may be asked for at once. */
export const PAGE_SIZE = 100

/** A page of GET /videos?order=desc, as possible matches of what was sent; null when it is no list. */
export function readPage(
  json: Json,
  { sent, sinceMs }: { sent: JsonObject; sinceMs: number },
): ListPage<FoundOperation> | null {
  const list = listSchema.safeParse(json).data
  if (list === undefined) return null
  const items = list.data.map((video): FoundOperation => ({
    operation: operationOf(video.id),
    createdAtMs: (video.created_at ?? 0) * 1000,
    match: matchInput(sent, seenOf(sent, video)),
  }))
  const hasMore = list.has_more ?? items.length >= PAGE_SIZE
  const next = hasMore && !isPast(items, sinceMs) ? (items.at(-1)?.operation.id ?? null) : null
  return {
    items: items.filter(({ createdAtMs }) => createdAtMs === 0 || createdAtMs >= sinceMs),
    next,
  }
}

/** Newest first, and the last one too old: what follows is older still. */
function isPast(items: readonly FoundOperation[], sinceMs: number): boolean {
  const times = items.map(({ createdAtMs }) => createdAtMs)
  const isSorted = times.every((time, index) => index === 0 || time <= (times[index - 1] ?? 0))
  const last = times.at(-1) ?? 0
  return isSorted && last > 0 && last < sinceMs
}

/** The prompt is shown as sent; servers round and rename the rest, so that only equality counts there. */
function seenOf(sent: JsonObject, video: Readonly<Record<string, unknown>>): JsonObject {
  const seen: Record<string, Json> = {}
  for (const [name, ours] of Object.entries(sent)) {
    const theirs = video[name]
    if (typeof theirs !== 'string' && typeof theirs !== 'number') continue
    const isEqual = matchInput({ ours }, { ours: theirs }) === 'same'
    if (name === 'prompt' || isEqual) seen[name] = theirs
  }
  return seen
}
