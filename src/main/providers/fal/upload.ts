import { z } from 'zod'
import type { JobError } from '../../../shared/domain/errors.ts'
import type { FileFrame } from '../../../shared/domain/generation.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { PrepareCall } from '../spec.ts'
import { baseOf } from '../http/callers.ts'
import { lostError, strange, troubleOf } from '../http/look.ts'
import { checkAnsweredUrl, originsOf } from '../http/urlRules.ts'
import { question, type Voice } from '../http/voice.ts'
import { NAME } from './errors.ts'
import { uploadHeaders, type FalSettings } from './request.ts'

/** Above this fal wants the file in parts; no reference frame is that large. */
const MAX_BYTES = 90 * 1024 * 1024
const UPLOAD_MS = 60_000

const placeSchema = z.object({ upload_url: z.string(), file_url: z.string() })

export interface UploadRequest {
  readonly frame: FileFrame
  readonly bytes: Uint8Array
  readonly settings: FalSettings
  readonly voice: Voice
}

/** Puts a frame into fal's storage: free, and private to whoever knows the link. */
export async function uploadFrame(
  { frame, bytes, settings, voice }: UploadRequest,
  call: PrepareCall,
): Promise<Result<string, JobError>> {
  if (bytes.byteLength > MAX_BYTES) {
    const message = `The reference frame ${frame.name} is larger than 90 MB. Use a smaller one.`
    return err({ kind: 'invalidRequest', code: 'FRAME_TOO_LARGE', message })
  }
  const asked = await question(voice, call, {
    method: 'POST',
    url: `${baseOf(call, 'rest')}/storage/upload/initiate?storage_type=fal-cdn-v3`,
    headers: uploadHeaders(settings),
    body: Buffer.from(JSON.stringify({ content_type: frame.contentType, file_name: frame.name })),
  })
  if (!asked.ok) return asked
  const place = placeSchema.safeParse(asked.value).data
  if (place === undefined) return err(strange(NAME).error)
  return put(place, { frame, bytes, voice, call })
}

/** The link is a stranger's: public, https, and without the key. */
async function put(
  { upload_url, file_url }: z.infer<typeof placeSchema>,
  { frame, bytes, voice, call }: Omit<UploadRequest, 'settings'> & { call: PrepareCall },
): Promise<Result<string, JobError>> {
  const own = originsOf(call.baseUrls)
  const url = checkAnsweredUrl(upload_url, own)
  if (!url.ok) return err({ kind: 'unavailable', ...url.error })
  const reply = await call.http.call({
    method: 'PUT',
    url: url.value.href,
    headers: { 'content-type': frame.contentType },
    body: bytes,
    timeoutMs: UPLOAD_MS,
    publicOnly: !own.includes(url.value.origin),
    signal: call.signal,
  })
  if (reply.kind === 'lost') return err(lostError(reply, NAME))
  return reply.status >= 200 && reply.status < 300
    ? ok(file_url)
    : err(troubleOf(reply, { ...voice, call }).error)
}
