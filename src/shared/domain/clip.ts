import { z } from 'zod'
import type { TakeId } from './ids.ts'

export type ClipId = `clip_${string}`

export const clipIdSchema = z.custom<ClipId>(
  (value) => typeof value === 'string' && /^clip_[0-9A-Za-z]{4,40}$/.test(value),
  { error: 'must be a clip id' },
)

/**
 * The part of a take between two points. Frames are counted as they are shown, the first is 0; the
 * out point is the frame behind the last one shown, so that a clip is `outFrame - inFrame` long.
 */
export interface ClipView {
  readonly id: ClipId
  readonly takeId: TakeId
  /** Empty: the take's own name does. */
  readonly name: string
  readonly inFrame: number
  readonly outFrame: number
  readonly createdAt: number
  readonly revision: number
}
