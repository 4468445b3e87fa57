import { idOf, type TakeId } from './ids.ts'

export type ClipId = `clip_${string}`

export const clipIdSchema = idOf('clip')

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
