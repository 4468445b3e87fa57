import type { Pick, Sequence } from './sequence.ts'
import type { Random } from './random.ts'
import type { ValueOf } from './write.ts'

/** One text at random: each choice and list draws by its own weights. */
export function drawText(sequence: Sequence, random: Random, valueOf: ValueOf): string {
  let text = ''
  for (const part of sequence.parts) {
    if (typeof part === 'string') text += part
    else if (part.kind === 'slot') text += valueOf(part.name)
    else text += drawPick(part, random, valueOf)
  }
  return text
}

function drawPick(pick: Pick, random: Random, valueOf: ValueOf): string {
  const { least, most, options, separator } = pick
  const wanted = least + Math.floor(random() * (most - least + 1))
  const chosen = new Set<number>()
  while (chosen.size < wanted) chosen.add(drawOption(pick, random, chosen))
  // Written order, so that a draw is always one of the texts that product would make.
  return [...chosen]
    .toSorted((a, b) => a - b)
    .map((at) => {
      const option = options[at]
      return option === undefined ? '' : drawText(option, random, valueOf)
    })
    .join(separator)
}

/** By weight, among those not taken yet. */
function drawOption({ weights }: Pick, random: Random, taken: ReadonlySet<number>): number {
  const weightOf = (at: number): number => (weights[at] ?? 0) - (weights[at - 1] ?? 0)
  let left = weights.at(-1) ?? 0
  for (const at of taken) left -= weightOf(at)
  if (taken.size === 0) return firstAbove(weights, random() * left)
  let point = random() * left
  let last = 0
  for (let at = 0; at < weights.length; at += 1) {
    if (taken.has(at)) continue
    last = at
    point -= weightOf(at)
    if (point < 0) break
  }
  return last
}

/** Index of the first running sum above a point. */
function firstAbove(sums: readonly number[], point: number): number {
  let low = 0
  let high = sums.length - 1
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sums[middle] ?? 0) > point) high = middle
    else low = middle + 1
  }
  return low
}
