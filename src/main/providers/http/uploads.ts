import type { JobError } from '../../../shared/domain/errors.ts'
import type { Result } from '../../../shared/domain/result.ts'

/** The link of an uploaded frame. */
type Upload = Promise<Result<string, JobError>>

/** A frame that many jobs of a batch share is uploaded once. */
export interface UploadCache {
  once(name: string, now: number, upload: () => Upload): Upload
}

const MAX_ENTRIES = 1_000

/** Links are reused for `ttlMs`, which must be well below the time that the provider keeps them. */
export function createUploadCache(ttlMs: number): UploadCache {
  const known = new Map<string, { readonly until: number; readonly link: Upload }>()
  return {
    async once(name, now, upload) {
      const before = known.get(name)
      if (before !== undefined && before.until > now) return before.link
      const link = upload()
      known.delete(name)
      known.set(name, { until: now + ttlMs, link })
      for (const [oldest] of known) if (known.size > MAX_ENTRIES) known.delete(oldest)
      const result = await link
      if (!result.ok && known.get(name)?.link === link) known.delete(name)
      return result
    },
  }
}
