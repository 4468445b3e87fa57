import { z } from 'zod'
import { err, ok, type Result } from './result.ts'
import { MAX_ADDRESS, type Expand } from './draft.ts'

/**
 * What a person types into a cell of a batch, as the value that it means. Every reader takes a
 * trimmed, non-empty text. Errors are a sentence and its mend.
 */
export interface CellFault {
  readonly code: string
  readonly message: string
  readonly mend: string
}
type Read<T> = Result<T, CellFault>

/** Seconds; a longer clip than an hour is surely a slip of the pen. */
const MAX_DURATION_SECONDS = 3600

/** `8`, `8s`, `7.5 s`: seconds above 0. */
export function readDuration(text: string): Read<number> {
  const found = /^(\d{1,6}(?:\.\d{1,6})?)\s*(?:s|sec|secs|seconds?)?$/i.exec(text)
  const seconds = Number(found?.[1] ?? 0)
  if (seconds > 0 && seconds <= MAX_DURATION_SECONDS) return ok(seconds)
  return err({
    code: 'badDuration',
    message: `"${text}" is not a duration in seconds.`,
    mend: `Write seconds from above 0 to ${MAX_DURATION_SECONDS}, such as 8 or 7.5.`,
  })
}

/** As large as any provider's, and exact in every format. */
export const MAX_SEED = 4_294_967_295

/** A whole number; 0 is a seed. */
export function readSeed(text: string): Read<number> {
  const seed = /^\d{1,10}$/.test(text) ? Number(text) : Infinity
  if (seed <= MAX_SEED) return ok(seed)
  return err({
    code: 'badSeed',
    message: `"${text}" is not a seed.`,
    mend: `Write a whole number from 0 to ${MAX_SEED}, or clear it for a seed of our choice.`,
  })
}

export const MAX_TAKES = 10_000

/** A whole number from 1. */
export function readTakes(text: string): Read<number> {
  const takes = /^\d{1,6}$/.test(text) ? Number(text) : 0
  if (takes >= 1 && takes <= MAX_TAKES) return ok(takes)
  return err({
    code: 'badTakes',
    message: `"${text}" is not a number of takes.`,
    mend: `Write a whole number from 1 to ${MAX_TAKES}; to leave a row out, remove it.`,
  })
}

/** `16:9`. */
export function readAspectRatio(text: string): Read<string> {
  const found = /^([1-9]\d{0,3})\s*:\s*([1-9]\d{0,3})$/.exec(text)
  if (found !== null) return ok(`${found[1]}:${found[2]}`)
  return err({
    code: 'badAspectRatio',
    message: `"${text}" is not an aspect ratio.`,
    mend: 'Write width:height in whole numbers, such as 16:9.',
  })
}

/** Names between commas, semicolons or bars; each once, in order. */
export function readNames(text: string): readonly string[] {
  const names = text.split(/[,;|]/).map((name) => name.trim())
  return [...new Set(names.filter((name) => name !== ''))]
}

const httpsUrl = z.url({ protocol: /^https$/, hostname: z.regexes.domain })

/** A picture's own address on the web: https, a public host name, and no login in it. */
export function readFrameUrl(text: string): Read<string> {
  if (text.length > MAX_ADDRESS) {
    return err({
      code: 'badFrameUrl',
      message: `The address has ${text.length} characters; at most ${MAX_ADDRESS} can be kept.`,
      mend: 'Use a shorter one, or save the picture and name its file.',
    })
  }
  const hasLogin = /^https:\/\/[^/?#]*@/i.test(text)
  if (!hasLogin && httpsUrl.safeParse(text).success) return ok(text)
  return err({
    code: 'badFrameUrl',
    message: `"${text}" is not an https address.`,
    mend: 'Use an address that begins with https://, or save the picture and name its file.',
  })
}

/** Whether a frame cell names an address rather than a file. */
export const isUrl = (text: string): boolean =>
  /^[a-z][a-z0-9+.-]*:\/\//i.test(text) || /^data:/i.test(text)

/** `product`, `pairs` or `random:N`. */
export function readExpand(text: string): Read<Expand> {
  if (text === 'product' || text === 'pairs') return ok({ kind: text })
  const count = /^random:([1-9]\d{0,8})$/.exec(text)?.[1]
  if (count !== undefined) return ok({ kind: 'random', count: Number(count) })
  return err({
    code: 'badExpand',
    message: `"${text}" is not a way to combine values.`,
    mend: 'Write product, pairs or random:N.',
  })
}

/** Micro-units of an amount such as `25` or `4.50`, above 0. */
export function readAmount(text: string): Read<number> {
  const micros = /^\d{1,9}(?:\.\d{1,6})?$/.test(text) ? Math.round(Number(text) * 1_000_000) : 0
  if (micros > 0) return ok(micros)
  return err({
    code: 'badAmount',
    message: `"${text}" is not an amount of money.`,
    mend: 'Write a number above 0, such as 25 or 4.50; the currency is that of the provider.',
  })
}
