import type { FitWay, FitWish, Focus } from '../domain/frameFit.ts'

export const MIDDLE: Focus = Object.freeze({ x: 0.5, y: 0.5 })

const WAYS: Readonly<Record<string, FitWay>> = { crop: 'crop', pad: 'pad', blurpad: 'blurPad' }

/** `crop`, `crop 30% 20%`, `pad`, `blur-pad`; undefined when it is none of these. */
export function readFitWish(text: string): FitWish | undefined {
  const found = /^([a-z -]+?)(?:\s+(\d{1,3})\s*%?[\s,]+(\d{1,3})\s*%?)?$/i.exec(text.trim())
  const how = WAYS[(found?.[1] ?? '').toLowerCase().replaceAll(/[ -]/g, '')]
  if (how === undefined) return undefined
  const [x, y] = [found?.[2], found?.[3]].map((percent) => Number(percent ?? 50) / 100)
  if (x === undefined || y === undefined || x > 1 || y > 1) return undefined
  if (found?.[2] === undefined) return { how }
  return how === 'crop' ? { how, focus: { x, y } } : undefined
}

/** As `readFitWish` reads it. */
export function fitWishText({ how, focus = MIDDLE }: FitWish): string {
  if (how !== 'crop') return how === 'pad' ? 'pad' : 'blur-pad'
  const percent = (share: number): string => `${Math.round(share * 100)}%`
  return focus.x === 0.5 && focus.y === 0.5
    ? 'crop'
    : `crop ${percent(focus.x)} ${percent(focus.y)}`
}
