import { foldName } from './syntax.ts'
import type { Pick } from './sequence.ts'
import type { Result } from '../domain/result.ts'
import type { TemplateProblemCode } from './syntax.ts'

/** What a list is once its values are read: a pick between them, and the variables they use. */
export interface CompiledList {
  readonly pick: Pick
  /** Names as written. */
  readonly variables: readonly string[]
}

/** Why a list cannot be used. */
export interface ListFault {
  readonly code: TemplateProblemCode
  readonly message: string
  readonly mend: string
}

/**
 * Named lists for `__name__`. Values are templates themselves and are compiled once, at first use,
 * so many rows may share one `Lists`.
 */
export interface Lists {
  readonly names: readonly string[]
  valuesOf(name: string): readonly string[] | undefined
  /** Compiles at first use by `make`, then remembers. Asking for a list while it is made is a cycle: undefined. */
  compiled(name: string, make: () => CompiledResult): CompiledResult | undefined
}
export type CompiledResult = Result<CompiledList, ListFault>

/** @param values by list name; names are the same whatever their case. */
export function createLists(values: Readonly<Record<string, readonly string[]>>): Lists {
  const byName = new Map(Object.entries(values).map(([name, list]) => [foldName(name), list]))
  const made = new Map<string, CompiledResult | 'underway'>()
  return {
    names: Object.keys(values),
    valuesOf: (name) => byName.get(foldName(name)),
    compiled: (name, make) => {
      const folded = foldName(name)
      const known = made.get(folded)
      if (known !== undefined) return known === 'underway' ? undefined : known
      made.set(folded, 'underway')
      const result = make()
      made.set(folded, result)
      return result
    },
  }
}
