/** Largest answer that is read into memory: 8 MiB. */
export const BODY_CAP_BYTES = 8 * 1024 * 1024

/** Thrown when an answer is larger; the connection is gone then. */
export class BodyTooLarge extends Error {
  override readonly name = 'BodyTooLarge'
  constructor() {
    super('the answer is larger than 8 MiB')
  }
}

/** The whole body. @throws BodyTooLarge, or whatever broke the connection. */
export async function readBody(body: AsyncIterable<unknown>): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let bytes = 0
  for await (const chunk of body) {
    if (!(chunk instanceof Uint8Array)) throw new TypeError('a body chunk is not bytes')
    bytes += chunk.byteLength
    if (bytes > BODY_CAP_BYTES) throw new BodyTooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Header names in lower case; repeated ones joined as HTTP says. */
export function flatHeaders(
  headers: Readonly<Record<string, string | readonly string[] | undefined>>,
): Record<string, string> {
  const flat: Record<string, string> = {}
  for (const [name, value] of Object.entries(headers)) {
    if (value !== undefined)
      flat[name.toLowerCase()] = typeof value === 'string' ? value : value.join(', ')
  }
  return flat
}
