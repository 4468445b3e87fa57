import { compileTemplate } from '../../src/shared/template/compile.ts'
import { createLists } from '../../src/shared/template/lists.ts'
import { expandTemplate } from '../../src/shared/template/expand.ts'
import { foldName } from '../../src/shared/template/syntax.ts'
import { missingVariables, splitValues } from '../../src/shared/template/variables.ts'
import type { Expand } from '../../src/shared/domain/draft.ts'

export interface TemplateCase {
  readonly source: string
  readonly values?: Readonly<Record<string, string>>
  readonly lists?: Readonly<Record<string, readonly string[]>>
  /** `product`, `pairs` or `random:N`. */
  readonly expand?: string
  readonly seed?: string
  readonly plain?: boolean
  readonly limit?: number
}

/** The prompts of a template, or `! code at offset` for each of its problems. */
export function outcomeOf(input: TemplateCase): readonly string[] {
  const { source, values = {}, lists = {}, seed = '', plain = false, limit = 1000 } = input
  const compiled = compileTemplate({ source, lists: createLists(lists), plain })
  if (!compiled.ok) return compiled.error.map(({ code, offset }) => `! ${code} at ${offset}`)
  const byName = new Map(
    Object.entries(values).map(([name, cell]) => [foldName(name), splitValues(cell)]),
  )
  const valueOf = (name: string) => byName.get(name)
  const known = Object.keys(values)
  const missing = missingVariables({ template: compiled.value, values: valueOf, known })
  if (missing.length > 0) return missing.map(({ code, offset }) => `! ${code} at ${offset}`)
  const expand = expandOf(input.expand ?? 'product')
  const expanded = expandTemplate({ template: compiled.value, values: valueOf, expand, seed })
  return expanded.ok
    ? expanded.value.page(0n, limit)
    : [`! ${expanded.error.code} at ${expanded.error.offset}`]
}

/** How many prompts a template makes. */
export function countOf(
  source: string,
  lists: Readonly<Record<string, readonly string[]>> = {},
): bigint {
  const compiled = compileTemplate({ source, lists: createLists(lists) })
  if (!compiled.ok) throw new Error(compiled.error.map(({ message }) => message).join(' '))
  const expand = { kind: 'product' } as const
  const expanded = expandTemplate({
    template: compiled.value,
    values: () => undefined,
    expand,
    seed: '',
  })
  return expanded.ok ? expanded.value.count : -1n
}

function expandOf(text: string): Expand {
  const [kind, count] = text.split(':')
  if (kind === 'random') return { kind, count: Number(count) }
  return { kind: kind === 'pairs' ? 'pairs' : 'product' }
}
