import type { JobError } from '../../shared/domain/errors.ts'
import type { CallContext } from '../providers/spec.ts'
import type { IntentRow } from './intentPort.ts'

/** The list of another server says nothing, what it shows is not ours, and what it does not know is not missing. */
export function wasSentHere({ url }: Pick<IntentRow, 'url'>, { baseUrls }: CallContext): boolean {
  const bases = Object.values(baseUrls)
  return bases.length === 0 || bases.some((base) => url.startsWith(`${base}/`))
}

export const OTHER_BASE_URL: JobError = {
  kind: 'unavailable',
  code: 'OTHER_BASE_URL',
  message:
    'It was sent to another base URL than the one that is set now. Set that back to look there.',
}
