import { formatCount } from '../../../ui/format.ts'

/** Digits while a person can take them in; then a power of ten. */
export function countWords(digits: string): string {
  if (digits.length <= 15) return formatCount(Number(digits))
  // Counts stop there: see the template's own bound.
  const power = digits.length - 1
  return power >= 1000 ? 'more than 10^1000' : `about 10^${power}`
}
