import type { FrameId, TakeId } from './ids.ts'

/** A still of the library. The picture is `media://frame/<id>/thumb`, `/preview` and `/full`. */
export interface FrameView {
  readonly id: FrameId
  readonly sha256: string
  /** The name it came with, or that a person gave it. */
  readonly name: string
  readonly contentType: string
  readonly bytes: number
  readonly width: number
  readonly height: number
  readonly tags: readonly string[]
  /** How it is fitted to a clip of another shape, as `options.frame_fit`; '' leaves it to the picture. */
  readonly fit: string
  /** The take it was lifted from; null when it came from outside. */
  readonly fromTakeId: TakeId | null
  readonly createdAt: number
  readonly revision: number
}

/** What came of bringing files in. */
export interface FramesAdded {
  readonly frames: readonly FrameView[]
  /** Files that are no usable image, each with what to do. */
  readonly refused: readonly { readonly name: string; readonly message: string }[]
}

/** Pictures that are on their way into the library. */
export interface FramesComing {
  readonly done: number
  readonly total: number
}
