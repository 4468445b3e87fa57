import type { Asked } from './protocol.ts'

/** A JSON object body; null when it is none or is not declared as one. */
export function jsonBody({
  headers,
  body,
}: Pick<Asked, 'headers' | 'body'>): Record<string, unknown> | null {
  if (!(headers['content-type'] ?? '').startsWith('application/json')) return null
  try {
    const value: unknown = JSON.parse(Buffer.from(body).toString('utf8'))
    return isRecord(value) ? value : null
  } catch {
    return null
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

/** A part of a form: a text, or a file. */
export interface FormPart {
  readonly name: string
  readonly fileName: string | null
  readonly contentType: string | null
  readonly bytes: Uint8Array
}

/** `multipart/form-data`, read strictly (RFC 7578); null when it is none. */
export function formBody({
  headers,
  body,
}: Pick<Asked, 'headers' | 'body'>): readonly FormPart[] | null {
  const boundary = /^multipart\/form-data;\s*boundary="?([^";]+)"?$/.exec(
    headers['content-type'] ?? '',
  )?.[1]
  const text = Buffer.from(body).toString('latin1')
  if (
    boundary === undefined ||
    !text.startsWith(`--${boundary}\r\n`) ||
    !text.endsWith(`\r\n--${boundary}--\r\n`)
  )
    return null
  const inner = text.slice(boundary.length + 4, -(boundary.length + 8))
  return inner.split(`\r\n--${boundary}\r\n`).map((piece) => {
    const split = piece.indexOf('\r\n\r\n')
    const head = piece.slice(0, split)
    return {
      name: /name="([^"]*)"/.exec(head)?.[1] ?? '',
      fileName: /filename="([^"]*)"/.exec(head)?.[1] ?? null,
      contentType: /\r\nContent-Type: (.+)/i.exec(head)?.[1] ?? null,
      bytes: Buffer.from(piece.slice(split + 4), 'latin1'),
    }
  })
}

/** A list answer's page: items from the cursor on, and the cursor of the next. */
export function pageOf<T>(
  items: readonly T[],
  cursor: string | null,
  size: number,
): { readonly items: readonly T[]; readonly next: string | null } {
  const start = Number(cursor ?? '0')
  return {
    items: items.slice(start, start + size),
    next: start + size < items.length ? String(start + size) : null,
  }
}
