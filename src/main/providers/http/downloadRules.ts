/** What the beginning of an answer says about a download. Pure. */
export interface DownloadHead {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
}

/** What is on disk already and belongs to a known version of the remote file. */
export interface ResumePoint {
  /** Bytes that were synced to disk. */
  readonly offset: number
  /** A strong entity tag, quotes included. */
  readonly etag: string
  readonly total: number
}

export type HeadDecision =
  /** Write from `offset`; `total` is null when the server does not say. */
  | {
      readonly kind: 'read'
      readonly offset: number
      readonly total: number | null
      readonly etag: string | null
    }
  | { readonly kind: 'redirect'; readonly location: string }
  /** The part on disk is of another version, or the range was refused: ask for the whole file. */
  | { readonly kind: 'startOver' }
  | { readonly kind: 'expired' }
  | { readonly kind: 'busy' }
  | { readonly kind: 'notVideo'; readonly what: string }

/** Statuses of links that no longer work; some stores say 400 where others say 403. */
const EXPIRED = [400, 401, 403, 404, 410]

/** Money rule 11: a range continues a file only with an equal strong ETag and an equal total. */
export function decideHead(head: DownloadHead, resume: ResumePoint | null): HeadDecision {
  const { status, headers } = head
  const location = headers['location']
  if (status >= 300 && status < 400 && location !== undefined) return { kind: 'redirect', location }
  if (status === 416 && resume !== null) return { kind: 'startOver' }
  if (EXPIRED.includes(status)) return { kind: 'expired' }
  if (status === 206) return resume === null ? { kind: 'startOver' } : decideRange(headers, resume)
  return status === 200 ? decideWhole(headers) : decideTrouble(status)
}

function decideWhole(headers: DownloadHead['headers']): HeadDecision {
  const type = headers['content-type'] ?? ''
  if (/^(text\/|application\/(json|xml|xhtml))/i.test(type)) return { kind: 'notVideo', what: type }
  const encoding = headers['content-encoding'] ?? 'identity'
  if (encoding !== 'identity') return { kind: 'notVideo', what: `${encoding} data` }
  return { kind: 'read', offset: 0, total: lengthOf(headers), etag: strongEtag(headers) }
}

function decideTrouble(status: number): HeadDecision {
  const isBusy = status >= 500 || [408, 409, 425, 429].includes(status)
  return isBusy ? { kind: 'busy' } : { kind: 'notVideo', what: `HTTP ${status}` }
}

function decideRange(headers: DownloadHead['headers'], resume: ResumePoint): HeadDecision {
  const [, first, last, total] =
    /^bytes (\d+)-(\d+)\/(\d+)$/.exec(headers['content-range'] ?? '') ?? []
  const isSame =
    strongEtag(headers) === resume.etag &&
    Number(total) === resume.total &&
    Number(first) === resume.offset &&
    Number(last) === resume.total - 1
  if (!isSame) return { kind: 'startOver' }
  return { kind: 'read', offset: resume.offset, total: resume.total, etag: resume.etag }
}

function lengthOf(headers: DownloadHead['headers']): number | null {
  const length = headers['content-length']
  return length !== undefined && /^\d{1,15}$/.test(length) ? Number(length) : null
}

/** Weak tags (`W/"..."`) do not promise equal bytes. */
export function strongEtag(headers: DownloadHead['headers']): string | null {
  const etag = headers['etag']
  return etag !== undefined && /^"[^"]+"$/.test(etag) ? etag : null
}
