import type { JsonObject } from '../../../shared/domain/json.ts'

/** Where and how a create goes. */
export interface Create {
  readonly url: string
  readonly body: JsonObject
}

/**
 * `owner/name` runs an official model, `version:<id>` one version of a community model; null when
 * the endpoint is neither. Nothing but `input` (and `version`) may be in the body.
 */
export function createOf(base: string, endpoint: string, input: JsonObject): Create | null {
  const [, version] = /^version:([\w.:/-]+)$/.exec(endpoint) ?? []
  if (version !== undefined) return { url: `${base}/predictions`, body: { version, input } }
  const [, owner, name] = /^([\w.-]+)\/([\w.-]+)$/.exec(endpoint) ?? []
  if (owner === undefined || name === undefined) return null
  return { url: `${base}/models/${owner}/${name}/predictions`, body: { input } }
}

/** Frames up to this many bytes travel inside the body; larger ones through the files API. */
export const INLINE_BYTES = 256 * 1024
/** Limit of the files API. */
export const MAX_FILE_BYTES = 100 * 1024 * 1024
