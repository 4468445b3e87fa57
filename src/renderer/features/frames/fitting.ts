import type { FitWay, Focus } from '../../../shared/domain/frameFit.ts'
import { fitWishText, MIDDLE, readFitWish } from '../../../shared/normalise/fitWish.ts'
import { LEAST_KEPT } from '../../../shared/normalise/frameFit.ts'

/** `auto`: the picture decides, as `frameFit` does. */
export type FitChoice = 'auto' | FitWay

export interface Fitting {
  readonly how: FitChoice
  readonly focus: Focus
}

export function readFitting(fit: string): Fitting {
  const wish = readFitWish(fit)
  return { how: wish?.how ?? 'auto', focus: wish?.focus ?? MIDDLE }
}

/** As `options.frame_fit` has it. */
export const fitText = ({ how, focus }: Fitting): string =>
  how === 'auto' ? '' : fitWishText({ how, focus })

/** What becomes of a picture in a clip of another ratio. */
export function fitFor(
  { how }: Fitting,
  { ratio, target }: { readonly ratio: number; readonly target: number },
): FitWay {
  const kept = Math.min(ratio / target, target / ratio)
  return how === 'auto' ? (kept < LEAST_KEPT ? 'pad' : 'crop') : how
}

/** `object-position` of a cut that has the focus as near to its middle as the picture allows. */
export function cutPosition(
  focus: Focus,
  { ratio, target }: { readonly ratio: number; readonly target: number },
): string {
  const along = (share: number, visible: number): string =>
    visible >= 1
      ? '50%'
      : `${((Math.max(0, Math.min(1 - visible, share - visible / 2)) / (1 - visible)) * 100).toFixed(1)}%`
  return `${along(focus.x, target / ratio)} ${along(focus.y, ratio / target)}`
}
