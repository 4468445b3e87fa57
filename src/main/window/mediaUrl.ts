import { z } from 'zod'
import { pairIdSchema, type PairId } from '../../shared/domain/arena.ts'
import { frameIdSchema, takeIdSchema, type TakeId } from '../../shared/domain/ids.ts'

/** What a `media://` address names. There is no path in it, and no way to write one. */
export type MediaName =
  | {
      readonly of: 'take'
      readonly takeId: TakeId
      readonly part: 'video' | 'poster' | 'filmstrip'
    }
  | {
      readonly of: 'frame'
      /** A frame id, or the digest of the picture. */
      readonly frame: string
      readonly part: 'thumb' | 'preview' | 'full'
    }
  /** A side of a blind pair: its address tells nothing of the take. */
  | { readonly of: 'pair'; readonly pairId: PairId; readonly side: 'a' | 'b' }

const pairPath = z.tuple([pairIdSchema, z.enum(['a', 'b'])])
const takePath = z.tuple([takeIdSchema, z.enum(['video', 'poster', 'filmstrip'])])
const sha256Schema = z.string().regex(/^[0-9a-f]{64}$/)
const framePath = z.tuple([
  z.union([frameIdSchema, sha256Schema]),
  z.enum(['thumb', 'preview', 'full']),
])

/**
 * `media://take/<take id>/video|poster|filmstrip`, `media://frame/<frame id or digest>/thumb|preview|full`,
 * `media://pair/<pair id>/a|b`.
 * A query is allowed, to make the page ask again. Null for anything else.
 */
export function parseMediaUrl(address: string): MediaName | null {
  if (!URL.canParse(address)) return null
  const { protocol, host, pathname } = new URL(address)
  if (protocol !== 'media:') return null
  const path = pathname.slice(1).split('/')
  if (host === 'take') {
    const parsed = takePath.safeParse(path)
    return parsed.success ? { of: 'take', takeId: parsed.data[0], part: parsed.data[1] } : null
  }
  if (host === 'pair') {
    const parsed = pairPath.safeParse(path)
    return parsed.success ? { of: 'pair', pairId: parsed.data[0], side: parsed.data[1] } : null
  }
  const parsed = framePath.safeParse(path)
  if (host !== 'frame' || !parsed.success) return null
  return { of: 'frame', frame: parsed.data[0], part: parsed.data[1] }
}
