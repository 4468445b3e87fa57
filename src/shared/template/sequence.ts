/**
 * A template whose lists are in place: what it can make is counted, and any of it is written by its
 * number, without making the rest.
 */
export interface Sequence {
  readonly parts: readonly Part[]
  /** How many texts it makes, variables aside; never above `MAX_COUNT`. */
  readonly count: bigint
  /** At least the length of the longest text and the number of parts visited to write it. */
  readonly work: number
  /** The most variables that one text holds. */
  readonly slots: number
}
export type Part = string | Slot | Pick

/** Where a variable's value goes; `name` is folded. */
export interface Slot {
  readonly kind: 'slot'
  readonly name: string
}

/** `least` to `most` different options, in their written order. */
export interface Pick extends Omit<Sequence, 'parts'> {
  readonly kind: 'pick'
  readonly options: readonly Sequence[]
  readonly least: number
  readonly most: number
  readonly separator: string
  /** Running sums, for draws; the last is the sum of all. */
  readonly weights: readonly number[]
  /** One option, each of one text: the number of a text is that of its option. */
  readonly isFlat: boolean
  /** `ways[j][i]`: texts that choose j of the options from the i-th on. */
  readonly ways: readonly (readonly bigint[])[]
}

/** Counts stop here: beyond it nobody cares, and the numbers themselves would take the time. */
export const MAX_COUNT = 10n ** 1000n

const upTo = (count: bigint): bigint => (count > MAX_COUNT ? MAX_COUNT : count)

/** Parts one behind the other. */
export function sequenceOf(parts: readonly Part[]): Sequence {
  let count = 1n
  let work = 1
  let slots = 0
  for (const part of parts) {
    if (typeof part === 'string') {
      work += part.length + 1
    } else if (part.kind === 'slot') {
      work += 1
      slots += 1
    } else {
      count = upTo(count * part.count)
      work += part.work
      slots += part.slots
    }
  }
  return { parts, count, work, slots }
}

export interface PickParts {
  readonly options: readonly Sequence[]
  readonly weights: readonly number[]
  readonly least: number
  readonly most: number
  readonly separator: string
}

/** A choice between sequences. `least` and `most` lie between 1 and the number of options. */
export function pickOf({ options, weights, least, most, separator }: PickParts): Pick {
  const ways = waysToChoose(options, most)
  let count = 0n
  for (let chosen = least; chosen <= most; chosen += 1) count += ways[chosen]?.[0] ?? 0n
  let work = 0
  let slots = 0
  for (const option of options) {
    work = Math.max(work, option.work)
    slots = Math.max(slots, option.slots)
  }
  let sum = 0
  return {
    kind: 'pick',
    options,
    least,
    most,
    separator,
    count: upTo(count),
    work: 1 + most * (work + separator.length),
    slots: most * slots,
    weights: weights.map((weight) => (sum += weight)),
    isFlat: most === 1 && options.every((option) => option.count === 1n),
    ways,
  }
}

function waysToChoose(options: readonly Sequence[], most: number): readonly (readonly bigint[])[] {
  const table: bigint[][] = [Array.from({ length: options.length + 1 }, () => 1n)]
  for (let chosen = 1; chosen <= most; chosen += 1) {
    const fewer = table[chosen - 1] ?? []
    const row = Array.from({ length: options.length + 1 }, () => 0n)
    for (let from = options.length - 1; from >= 0; from -= 1) {
      const withIt = (options[from]?.count ?? 0n) * (fewer[from + 1] ?? 0n)
      row[from] = upTo(withIt + (row[from + 1] ?? 0n))
    }
    table.push(row)
  }
  return table
}
