import { z } from 'zod'

/**
 * Ids carry their kind as a prefix, so one cannot be passed for another and a person can tell
 * them apart in a log. What follows the prefix is a ULID: sortable by creation time.
 */
export type BatchId = `batch_${string}`
export type JobId = `job_${string}`
export type TakeId = `take_${string}`
export type FrameId = `frame_${string}`

/** What tells an id of this kind from all others. */
export function idOf<K extends string>(kind: K) {
  const form = new RegExp(`^${kind}_[0-9A-Za-z]{4,40}$`)
  return z.custom<`${K}_${string}`>((value) => typeof value === 'string' && form.test(value), {
    error: `must be a ${kind} id such as ${kind}_01J8Z`,
  })
}

export const batchIdSchema = idOf('batch')
export const jobIdSchema = idOf('job')
export const takeIdSchema = idOf('take')
export const frameIdSchema = idOf('frame')

/** `fal`, `replicate`, `rehearsal`, ...: the folder name under `main/providers` in kebab case. */
export type ProviderId = string
/** A model id of the catalogue, e.g. `kling-v3`. */
export type ModelId = string
/** `<provider>/<name>`: one provider's way to one model, e.g. `fal/kling-v3`. */
export type RouteId = string
/** Which of a provider's keys: `key-` and a digest of it; `none` where no key is needed. */
export type CredentialId = string

export const providerIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}$/)
export const credentialIdSchema = z.string().regex(/^[a-z0-9-]{1,60}$/)
export const modelIdSchema = z.string().regex(/^[a-z0-9][a-z0-9.-]{0,79}$/)
export const routeIdSchema = z.string().regex(/^[a-z0-9][a-z0-9-]{0,39}\/[a-z0-9][a-z0-9.-]{0,79}$/)
