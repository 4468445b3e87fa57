/** How a picture of another shape is brought into the clip's. `blurPad`: on a blurred copy of itself. */
export const FIT_WAYS = ['crop', 'pad', 'blurPad'] as const
export type FitWay = (typeof FIT_WAYS)[number]

/** A place in a picture, 0 to 1 from left and top. */
export interface Focus {
  readonly x: number
  readonly y: number
}

/** How a person wants frames fitted; absent leaves it to the picture. */
export interface FitWish {
  readonly how: FitWay
  /** What cutting keeps in view; the middle where absent. */
  readonly focus?: Focus | undefined
}

/** What fitted pictures are saved as; every provider takes one of them. */
export const FITTED_TYPES = ['image/jpeg', 'image/png'] as const
type FittedType = (typeof FITTED_TYPES)[number]

/** What is made of one frame before it is sent; carried out by the media service. */
export interface FrameFit {
  /** `reencode`: same picture, other format, size or bytes. The others may do that too. */
  readonly how: FitWay | 'reencode'
  /** Pixels of the picture to send. */
  readonly width: number
  readonly height: number
  readonly contentType: FittedType
  /** Upper bound for the file that is sent; null where none is known. */
  readonly maxBytes: number | null
  readonly focus?: Focus | undefined
}
