import type { Focus } from '../../../shared/domain/frameFit.ts'
import { readFitWish } from '../../../shared/normalise/fitWish.ts'

/** `auto`: the picture decides, as `frameFit` does. */
export type FitChoice = 'auto' | 'crop' | 'pad' | 'blurPad'

export interface Fitting {
  readonly how: FitChoice
  readonly focus: Focus
}

const MIDDLE: Focus = { x: 0.5, y: 0.5 }

export function readFitting(fit: string): Fitting {
  const wish = readFitWish(fit)
  return { how: wish?.how ?? 'auto', focus: wish?.focus ?? MIDDLE }
}

/** As `options.frame_fit` has it. */
export function fitText({ how, focus }: Fitting): string {
  if (how === 'auto') return ''
  if (how !== 'crop') return how === 'pad' ? 'pad' : 'blur-pad'
  const percent = (share: number): string => `${Math.round(share * 100)}%`
  return focus.x === 0.5 && focus.y === 0.5
    ? 'crop'
    : `crop ${percent(focus.x)} ${percent(focus.y)}`
}

/** With less of the picture than this left, bars are the smaller harm than cutting; as in `frameFit`. */
const LEAST_KEPT = 0.5

/** What becomes of a picture in a clip of another ratio. */
export function fitFor(
  { how }: Fitting,
  { ratio, target }: { readonly ratio: number; readonly target: number },
): Exclude<FitChoice, 'auto'> {
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
