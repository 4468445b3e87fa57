import type { Draft, DraftRow, DraftRowId } from '../../../shared/domain/draft.ts'

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

/** What `drafts.save` takes in one call. */
const MOST_PUT = 2000
const MOST_REMOVED = 20_000

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

/** In calls that main accepts; the head and what is removed go first. */
export function inCalls({ head, put, remove }: DraftChange): readonly DraftChange[] {
  const calls: DraftChange[] = []
  const removals = chunks(remove, MOST_REMOVED)
  const puts = chunks(put, MOST_PUT)
  const count = Math.max(1, removals.length, puts.length)
  for (let at = 0; at < count; at += 1) {
    calls.push({ head: at === 0 ? head : {}, put: puts[at] ?? [], remove: removals[at] ?? [] })
  }
  return calls
}

function chunks<T>(all: readonly T[], size: number): readonly (readonly T[])[] {
  const count = Math.ceil(all.length / size)
  return Array.from({ length: count }, (_, at) => all.slice(at * size, (at + 1) * size))
}
