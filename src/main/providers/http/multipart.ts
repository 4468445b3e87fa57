import { createHash } from 'node:crypto'

/** One part of a form: a text, or a file with its name and type. */
export type FormPart =
  | { readonly name: string; readonly text: string }
  | {
      readonly name: string
      readonly fileName: string
      readonly contentType: string
      readonly bytes: Uint8Array
    }

export interface Form {
  readonly contentType: string
  readonly body: Uint8Array
}

/** `multipart/form-data` (RFC 7578). The boundary comes from the content: same parts, same bytes. */
export function encodeForm(parts: readonly FormPart[]): Form {
  const content = parts.map((part) => ({
    head: headOf(part),
    bytes: 'text' in part ? Buffer.from(part.text) : part.bytes,
  }))
  const hash = createHash('sha256')
  for (const { head, bytes } of content) hash.update(head).update(bytes)
  const boundary = `dailies-${hash.digest('hex').slice(0, 40)}`
  const chunks = content.flatMap(({ head, bytes }) => [
    Buffer.from(`--${boundary}\r\n${head}\r\n\r\n`),
    bytes,
    Buffer.from('\r\n'),
  ])
  const body = Buffer.concat([...chunks, Buffer.from(`--${boundary}--\r\n`)])
  return { contentType: `multipart/form-data; boundary=${boundary}`, body }
}

function headOf(part: FormPart): string {
  const disposition = `Content-Disposition: form-data; name="${quoted(part.name)}"`
  if ('text' in part) return disposition
  return `${disposition}; filename="${quoted(part.fileName)}"\r\nContent-Type: ${part.contentType.replace(/[\r\n]/g, '')}`
}

/** As browsers write names (HTML, multipart encoding). */
const quoted = (name: string): string =>
  name.replace(/\n/g, '%0A').replace(/\r/g, '%0D').replace(/"/g, '%22')

/** Names and texts of a form that `encodeForm` made, null for files; null when it is no such form. */
export function readForm({ contentType, body }: Form): Record<string, string | null> | null {
  const boundary = /boundary=(dailies-[0-9a-f]+)/.exec(contentType)?.[1]
  if (boundary === undefined) return null
  const fields: Record<string, string | null> = {}
  for (const piece of Buffer.from(body).toString('latin1').split(`--${boundary}`)) {
    const [, name, rest = ''] =
      /^\r\nContent-Disposition: form-data; name="([^"]*)"([\s\S]*)\r\n$/.exec(piece) ?? []
    if (name === undefined) continue
    const isText = rest.startsWith('\r\n\r\n')
    fields[name] = isText ? Buffer.from(rest.slice(4), 'latin1').toString('utf8') : null
  }
  return fields
}
