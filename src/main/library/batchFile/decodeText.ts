import type { TextEncoding } from '../../../shared/domain/batchImport.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'

export interface DecodedText {
  readonly text: string
  readonly encoding: TextEncoding
}

/**
 * Text of a file whose encoding nobody told: a byte order mark wins, then UTF-16 by its zero bytes,
 * then UTF-8 if it is valid, else Latin-1 (as Windows writes it). `wanted` is what a person says that
 * it is. Error: it is no text at all.
 */
export function decodeText(
  bytes: Uint8Array,
  wanted: TextEncoding | null = null,
): Result<DecodedText, 'notText'> {
  const wide = wideEncoding(bytes)
  const decoded =
    wanted === null
      ? wide === undefined
        ? decodeNarrow(bytes)
        : decodeWide(bytes, wide)
      : decodeAs(bytes, wanted, wide ?? 'utf-16le')
  return isText(decoded.text) ? ok(decoded) : err('notText')
}

/** Pictures and other binary files hold many control characters, text at most a stray one. */
function isText(text: string): boolean {
  if (text.includes('\0')) return false
  const sample = text.slice(0, 4000)
  // oxlint-disable-next-line no-control-regex -- they are what is looked for
  const controls = sample.match(/[\u0001-\u0008\u000e-\u001f]/g)?.length ?? 0
  return controls <= sample.length / 50
}

function decodeAs(bytes: Uint8Array, wanted: TextEncoding, wide: Wide): DecodedText {
  if (wanted === 'UTF-16') return decodeWide(bytes, wide)
  const label = wanted === 'UTF-8' ? 'utf-8' : 'windows-1252'
  return { text: new TextDecoder(label).decode(bytes), encoding: wanted }
}

type Wide = 'utf-16le' | 'utf-16be'

function wideEncoding(bytes: Uint8Array): Wide | undefined {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le'
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be'
  // Without a mark: in text of western scripts every other byte is zero.
  const sample = bytes.subarray(0, 2000)
  const zerosAt = (start: number): number => {
    let zeros = 0
    for (let at = start; at < sample.length; at += 2) if (sample[at] === 0) zeros += 1
    return zeros / Math.max(1, sample.length / 2)
  }
  if (zerosAt(1) > 0.4 && zerosAt(0) < 0.1) return 'utf-16le'
  if (zerosAt(0) > 0.4 && zerosAt(1) < 0.1) return 'utf-16be'
  return undefined
}

const decodeWide = (bytes: Uint8Array, encoding: Wide): DecodedText => ({
  text: new TextDecoder(encoding).decode(bytes),
  encoding: 'UTF-16',
})

function decodeNarrow(bytes: Uint8Array): DecodedText {
  try {
    return { text: new TextDecoder('utf-8', { fatal: true }).decode(bytes), encoding: 'UTF-8' }
  } catch {
    return { text: new TextDecoder('windows-1252').decode(bytes), encoding: 'Latin-1' }
  }
}
