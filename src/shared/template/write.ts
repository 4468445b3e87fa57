import type { Part, Pick, Sequence } from './sequence.ts'

/** The value that stands for a variable in the text being written. */
export type ValueOf = (name: string) => string

/**
 * Text number `index` (from 0, below `sequence.count`). The last part varies fastest, as in nested
 * loops.
 */
export function writeText(sequence: Sequence, index: bigint, valueOf: ValueOf): string {
  const { parts } = sequence
  let text = ''
  let rest = index
  for (let at = parts.length - 1; at >= 0; at -= 1) {
    const part: Part = parts[at] ?? ''
    if (typeof part === 'string') {
      text = part + text
    } else if (part.kind === 'slot') {
      text = valueOf(part.name) + text
    } else {
      text = writePick(part, rest % part.count, valueOf) + text
      rest /= part.count
    }
  }
  return text
}

/** One text of a pick by its number. */
export function writePick(pick: Pick, index: bigint, valueOf: ValueOf): string {
  if (pick.isFlat) {
    const option = pick.options[Number(index)]
    return option === undefined ? '' : writeText(option, 0n, valueOf)
  }
  let rest = index
  let remaining = pick.least
  while (remaining < pick.most && rest >= waysFrom(pick, remaining, 0)) {
    rest -= waysFrom(pick, remaining, 0)
    remaining += 1
  }
  const texts: string[] = []
  let from = 0
  while (remaining > 0) {
    const chosen = chosenOption(pick, { remaining, from, index: rest })
    const option = pick.options[chosen.at]
    if (option === undefined) break
    const after = waysFrom(pick, remaining - 1, chosen.at + 1)
    texts.push(writeText(option, chosen.within / after, valueOf))
    rest = chosen.within % after
    remaining -= 1
    from = chosen.at + 1
  }
  return texts.length === 1 ? (texts[0] ?? '') : texts.join(pick.separator)
}

const waysFrom = (pick: Pick, chosen: number, from: number): bigint =>
  pick.ways[chosen]?.[from] ?? 0n

interface Place {
  readonly remaining: number
  readonly from: number
  readonly index: bigint
}

/** The first option that text `index` takes, found by halving: long lists stay fast. */
function chosenOption(pick: Pick, place: Place): { readonly at: number; readonly within: bigint } {
  const { remaining, from, index } = place
  const total = waysFrom(pick, remaining, from)
  const startOf = (at: number): bigint => total - waysFrom(pick, remaining, at)
  let low = from
  let high = pick.options.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (startOf(middle) <= index) low = middle
    else high = middle - 1
  }
  return { at: low, within: index - startOf(low) }
}
