/** What to answer to a `Range` header (RFC 9110, 14.2), for a file of `size` bytes. */
export type ByteRange =
  | { readonly status: 200 }
  /** Both ends belong to it. */
  | { readonly status: 206; readonly start: number; readonly end: number }
  | { readonly status: 416 }

/** One range is honoured; several, or what cannot be read, get the whole file, as the RFC allows. */
export function byteRange(header: string | null, size: number): ByteRange {
  const match = /^bytes=(\d*)-(\d*)$/.exec(header?.replaceAll(' ', '') ?? '')
  const [, from = '', to = ''] = match ?? []
  if (match === null || (from === '' && to === '')) return { status: 200 }
  if (from === '') return lastBytes(Number(to), size)
  const start = Number(from)
  const end = to === '' ? size - 1 : Math.min(Number(to), size - 1)
  if (to !== '' && Number(to) < start) return { status: 200 }
  return start >= size ? { status: 416 } : { status: 206, start, end }
}

function lastBytes(count: number, size: number): ByteRange {
  if (count === 0 || size === 0) return { status: 416 }
  return { status: 206, start: Math.max(0, size - count), end: size - 1 }
}
