import type { Draft, DraftRow, DraftRowId } from '../../../shared/domain/draft.ts'
import { inPortions, rowsPerTurn } from '../../../shared/domain/rowsPerTurn.ts'

/** What a person edits of a draft: its head and all its rows. */
export interface DraftDoc extends Pick<
  Draft,
  'name' | 'defaults' | 'options' | 'variables' | 'layout'
> {
  readonly rows: readonly DraftRow[]
}

export interface DraftChange {
  readonly head: Partial<Omit<DraftDoc, 'rows'>>
  readonly put: readonly DraftRow[]
  readonly remove: readonly DraftRowId[]
}

/** Rows that one call removes: each is a statement. */
const MOST_REMOVED = 1000

/** The parts of a draft beside its rows. */
export const HEAD = ['name', 'defaults', 'options', 'variables', 'layout'] as const

/** Only what is not the same object as before: edits share everything that they did not touch. */
export function changeBetween(saved: DraftDoc, doc: DraftDoc): DraftChange {
  const head = Object.fromEntries(
    HEAD.filter((name) => saved[name] !== doc[name]).map((name) => [name, doc[name]]),
  )
  const before = new Map(saved.rows.map((row) => [row.id, row]))
  const put = doc.rows.filter((row) => before.get(row.id) !== row)
  const kept = new Set(doc.rows.map((row) => row.id))
  const remove = saved.rows.map((row) => row.id).filter((id) => !kept.has(id))
  return { head, put, remove }
}

export function isNoChange({ head, put, remove }: DraftChange): boolean {
  return Object.keys(head).length === 0 && put.length === 0 && remove.length === 0
}

/** In calls that keep neither side from other work; the head and what is removed go first. */
export function inCalls(
  { head, put, remove }: DraftChange,
  { variables }: Pick<DraftDoc, 'variables'>,
): readonly DraftChange[] {
  const calls: DraftChange[] = []
  const removals = inPortions(remove, MOST_REMOVED)
  const puts = inPortions(put, rowsPerTurn(variables.length))
  const count = Math.max(1, removals.length, puts.length)
  for (let at = 0; at < count; at += 1) {
    calls.push({ head: at === 0 ? head : {}, put: puts[at] ?? [], remove: removals[at] ?? [] })
  }
  return calls
}
