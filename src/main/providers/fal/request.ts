import { z } from 'zod'
import type { JsonObject } from '../../../shared/domain/json.ts'

/** The provider's settings; each is a header of fal's queue. */
const falSettingsSchema = z.strictObject({
  /** True: fal does not run a request again by itself. One create, at most one render. */
  noRetry: z.boolean().default(true),
  /** How long fal keeps the clip; null leaves it to the account. A week outlives a long sleep. */
  keepSeconds: z.int().positive().nullable().default(604_800),
  /** Longest wait in fal's queue before the request ends unbilled; null waits for ever. */
  startTimeoutSeconds: z.int().positive().nullable().default(7_200),
})
export type FalSettings = z.infer<typeof falSettingsSchema>

/** The settings as the person left them; null when they cannot be read. */
export function settingsOf(settings: JsonObject): FalSettings | null {
  return falSettingsSchema.safeParse(settings).data ?? null
}

/** Headers of a create, without the key. */
export function createHeaders({
  noRetry,
  keepSeconds,
  startTimeoutSeconds,
}: FalSettings): Record<string, string> {
  return {
    ...(noRetry ? { 'x-fal-no-retry': '1' } : {}),
    ...(keepSeconds === null
      ? {}
      : { 'x-fal-object-lifecycle-preference': lifecycle(keepSeconds) }),
    ...(startTimeoutSeconds === null
      ? {}
      : { 'x-fal-request-start-timeout': String(startTimeoutSeconds) }),
  }
}

/** Headers of an upload. */
export function uploadHeaders({ keepSeconds }: FalSettings): Record<string, string> {
  return {
    'content-type': 'application/json',
    ...(keepSeconds === null ? {} : { 'x-fal-object-lifecycle': lifecycle(keepSeconds) }),
  }
}

const lifecycle = (seconds: number): string =>
  JSON.stringify({ expiration_duration_seconds: seconds })

/** The create goes to the full endpoint id; segments are kept apart. */
export function createUrl(queue: string, endpoint: string): string {
  return `${queue}/${endpoint.split('/').map(encodeURIComponent).join('/')}`
}

/** Status, result and cancel leave the endpoint's sub-path out (facts page, section 3). */
export function requestUrl(queue: string, endpoint: string, id: string): string {
  return `${createUrl(queue, endpoint.split('/').slice(0, 2).join('/'))}/requests/${encodeURIComponent(id)}`
}
