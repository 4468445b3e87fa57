import { drawText } from './draw.ts'
import { randomFrom } from './random.ts'
import { writePick, writeText, type ValueOf } from './write.ts'
import { MAX_COUNT, type Pick } from './sequence.ts'
import { fitsBounds, type Values } from './variables.ts'
import { foldName, MAX_TEMPLATE_LENGTH, type TemplateProblem } from './syntax.ts'
import { err, ok, type Result } from '../domain/result.ts'
import type { CompiledTemplate } from './compile.ts'
import type { Expand } from '../domain/draft.ts'

/** The prompts of one row: counted at once, made page by page. */
export interface Expansion {
  /** Of all its prompts; `MAX_COUNT` also stands for more. */
  readonly count: bigint
  /** Up to `limit` prompts from number `from` (from 0) on, without outer blanks. */
  page(from: bigint, limit: number): readonly string[]
}

export interface ExpandInput {
  readonly template: CompiledTemplate
  /** Every variable of the template has one: see `missingVariables`. */
  readonly values: Values
  readonly expand: Expand
  /** For random draws; the same seed draws the same prompts. */
  readonly seed: string
}

/**
 * What a template and the values of a row make. Nothing is made yet, so any count answers at once.
 * Errors: `unequalPairs`, `tooLong`.
 */
export function expandTemplate(input: ExpandInput): Result<Expansion, TemplateProblem> {
  const axes = valueAxes(input)
  const longest = axes.reduce((most, { values }) => Math.max(most, ...values.map(lengthOf)), 0)
  if (!fitsBounds(input.template, longest)) return err(tooLong())
  const { expand } = input
  if (expand.kind === 'pairs') return pairs(input, axes)
  const all = product(input, axes)
  return ok(expand.kind === 'product' ? all : drawn(input, { axes, all, wanted: expand.count }))
}

interface Axis {
  readonly name: string
  readonly values: readonly string[]
}

const lengthOf = (text: string): number => text.length

/** A variable has one value within a prompt, however often it is used. */
function valueAxes({ template, values }: ExpandInput): readonly Axis[] {
  return template.variables.map(({ name }) => {
    const folded = foldName(name)
    return { name: folded, values: values(folded) ?? [] }
  })
}

const valueIn =
  (chosen: ReadonlyMap<string, string>): ValueOf =>
  (name) =>
    chosen.get(name) ?? ''

function product({ template }: ExpandInput, axes: readonly Axis[]): Expansion {
  const { root } = template
  const sets = axes.reduce((count, { values }) => count * BigInt(values.length), 1n)
  const total = sets * root.count
  const count = total > MAX_COUNT ? MAX_COUNT : total
  let lastSet = -1n
  let valueOf = valueIn(new Map())
  const at = (index: bigint): string => {
    const set = index / root.count
    // A set of values serves for as many prompts in a row as the text itself makes.
    if (set !== lastSet) valueOf = valueIn(valuesAt(axes, set))
    lastSet = set
    return writeText(root, index % root.count, valueOf).trim()
  }
  return { count, page: (from, limit) => pageOf({ count, from, limit, at }) }
}

/** Set number `index` of the values; the last variable varies fastest. */
function valuesAt(axes: readonly Axis[], index: bigint): ReadonlyMap<string, string> {
  const chosen = new Map<string, string>()
  let rest = index
  for (const { name, values } of axes.toReversed()) {
    const many = BigInt(values.length)
    chosen.set(name, values[Number(rest % many)] ?? '')
    rest /= many
  }
  return chosen
}

interface PageInput {
  readonly count: bigint
  readonly from: bigint
  readonly limit: number
  readonly at: (index: bigint) => string
}

function pageOf({ count, from, limit, at }: PageInput): readonly string[] {
  const prompts: string[] = []
  for (let index = from; index < count && prompts.length < limit; index += 1n)
    prompts.push(at(index))
  return prompts
}

/** Values and choices walk in step: the first of each, the second of each, and so on. */
function pairs(
  { template }: ExpandInput,
  axes: readonly Axis[],
): Result<Expansion, TemplateProblem> {
  const { parts } = template.root
  const picks = parts.filter(
    (part): part is Pick => typeof part !== 'string' && part.kind === 'pick',
  )
  const counted = [
    ...axes.map(({ name, values }) => ({ what: name, count: BigInt(values.length) })),
    ...picks.map(({ count }, index) => ({ what: `choice ${index + 1}`, count })),
  ].filter(({ count }) => count !== 1n)
  const unequal = counted.find(({ count }) => count !== counted[0]?.count)
  if (unequal !== undefined) return err(unequalPairs(counted))
  const count = counted[0]?.count ?? 1n
  const at = (index: bigint): string => {
    const valueOf = valueIn(
      new Map(axes.map(({ name, values }) => [name, values[Number(index)] ?? values[0] ?? ''])),
    )
    const texts = parts.map((part) => {
      if (typeof part === 'string') return part
      if (part.kind === 'slot') return valueOf(part.name)
      return writePick(part, part.count === 1n ? 0n : index, valueOf)
    })
    return texts.join('').trim()
  }
  return ok({ count, page: (from, limit) => pageOf({ count, from, limit, at }) })
}

interface Draws {
  readonly axes: readonly Axis[]
  readonly all: Expansion
  readonly wanted: number
}

/** Different prompts as long as there are any: nobody wants to pay for the same draw twice. */
function drawn({ template, seed }: ExpandInput, { axes, all, wanted }: Draws): Expansion {
  const count = all.count < BigInt(wanted) ? all.count : BigInt(wanted)
  if (count === all.count) return all
  const draw = (many: number): readonly string[] => {
    const random = randomFrom(seed)
    const prompts = new Set<string>()
    for (let tries = many * 20; tries > 0 && prompts.size < many; tries -= 1) {
      const chosen = new Map(
        axes.map(({ name, values }) => [name, values[Math.floor(random() * values.length)] ?? '']),
      )
      prompts.add(drawText(template.root, random, valueIn(chosen)).trim())
    }
    return [...prompts, ...firstOthers({ all, prompts, missing: many - prompts.size })]
  }
  const page = (from: bigint, limit: number): readonly string[] => {
    const end = from + BigInt(limit) < count ? from + BigInt(limit) : count
    return from < end ? draw(Number(end)).slice(Number(from)) : []
  }
  return { count, page }
}

interface Fill {
  readonly all: Expansion
  readonly prompts: ReadonlySet<string>
  readonly missing: number
}

/** When draws keep meeting the same texts, the first unmet ones of the product, then the first ones again. */
function firstOthers({ all, prompts, missing }: Fill): readonly string[] {
  if (missing <= 0) return []
  const candidates = all.page(0n, prompts.size + missing * 2)
  const others = candidates.filter((prompt) => !prompts.has(prompt))
  return [...new Set(others), ...candidates].slice(0, missing)
}

const tooLong = (): TemplateProblem => ({
  code: 'tooLong',
  offset: 0,
  length: 1,
  message: `Prompts made from this could have more than ${MAX_TEMPLATE_LENGTH} characters.`,
  mend: 'Use shorter values, or fewer variables.',
})

function unequalPairs(counted: readonly { what: string; count: bigint }[]): TemplateProblem {
  const each = counted.slice(0, 8).map(({ what, count }) => `${what} has ${count}`)
  return {
    code: 'unequalPairs',
    offset: 0,
    length: 1,
    message: `Pairs need equally many values everywhere: ${each.join(', ')}.`,
    mend: 'Even them out, or expand by product.',
  }
}
