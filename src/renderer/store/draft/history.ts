import type { DraftRow } from '../../../shared/domain/draft.ts'
import { HEAD, type DraftDoc } from './sync.ts'

/** Undo and redo by what each edit changed, so that its memory is that of the rows it touched. */
export interface History {
  readonly past: readonly Patch[]
  readonly future: readonly Patch[]
}

type Rows = readonly DraftRow[]

interface Patch {
  readonly head: { readonly before: Partial<DraftDoc>; readonly after: Partial<DraftDoc> }
  readonly rows: RowsPatch
  /** Edits in a row that name the same thing are one step. */
  readonly joins: string | null
}

type RowsPatch =
  /** As many rows as before: those that differ, by index. */
  | { readonly kind: 'cells'; readonly at: readonly number[]; before: Rows; after: Rows }
  /** Rows came or went: what stands between the parts that stayed. */
  | { readonly kind: 'splice'; readonly from: number; before: Rows; after: Rows }

/** What is kept while a cell is being typed: one step, during which no column goes. */
export const TYPING = 'typing'

const STEPS = 200
/** Rows that all steps together may hold, before and after counted apart: about 100 MB of long prompts. */
const MOST_ROWS = 200_000

export const emptyHistory: History = Object.freeze({ past: [], future: [] })

interface Edit {
  readonly before: DraftDoc
  readonly after: DraftDoc
  readonly joins?: string | null | undefined
}

export function remembered(history: History, { before, after, joins = null }: Edit): History {
  const last = openStep(history, joins)
  const origin = last === null ? before : applied(before, last, 'before')
  const patch = patchBetween(origin, after, joins)
  const past = last === null ? history.past : history.past.slice(0, -1)
  return { past: bounded([...past, patch]), future: [] }
}

/** The step that an edit goes on with; null: it is one of its own. */
function openStep({ past, future }: History, joins: string | null): Patch | null {
  const last = past.at(-1)
  return joins !== null && last?.joins === joins && future.length === 0 ? last : null
}

export const isTyping = (history: History): boolean => openStep(history, TYPING) !== null

/** The columns that stood when the cell that is being typed was opened. */
export const columnsAtTyping = (history: History, { variables }: DraftDoc): readonly string[] =>
  openStep(history, TYPING)?.head.before.variables ?? variables

export interface Step {
  readonly history: History
  readonly doc: DraftDoc
}

export function undone({ past, future }: History, doc: DraftDoc): Step | null {
  const patch = past.at(-1)
  if (patch === undefined) return null
  const history = { past: past.slice(0, -1), future: [closed(patch), ...future] }
  return { history, doc: applied(doc, patch, 'before') }
}

export function redone({ past, future }: History, doc: DraftDoc): Step | null {
  const [patch, ...rest] = future
  if (patch === undefined) return null
  return { history: { past: [...past, patch], future: rest }, doc: applied(doc, patch, 'after') }
}

/** What was undone once is a step of its own: nothing joins it any more. */
const closed = (patch: Patch): Patch => ({ ...patch, joins: null })

/** Nothing joins the last step any more. */
export function stepEnded({ past, future }: History): History {
  const last = past.at(-1)
  return last === undefined || last.joins === null
    ? { past, future }
    : { past: [...past.slice(0, -1), closed(last)], future }
}

function patchBetween(before: DraftDoc, after: DraftDoc, joins: string | null): Patch {
  const names = HEAD.filter((name) => before[name] !== after[name])
  const pick = (doc: DraftDoc): Partial<DraftDoc> =>
    Object.fromEntries(names.map((name) => [name, doc[name]]))
  const head = { before: pick(before), after: pick(after) }
  return { head, rows: rowsBetween(before.rows, after.rows), joins }
}

function rowsBetween(before: Rows, after: Rows): RowsPatch {
  if (before === after) return { kind: 'cells', at: [], before: [], after: [] }
  if (before.length === after.length) {
    const at = before.flatMap((row, index) => (row === after[index] ? [] : [index]))
    return { kind: 'cells', at, before: pickRows(before, at), after: pickRows(after, at) }
  }
  let from = 0
  while (from < before.length && before[from] === after[from]) from += 1
  let tail = 0
  const most = Math.min(before.length, after.length) - from
  while (tail < most && before.at(-1 - tail) === after.at(-1 - tail)) tail += 1
  const middle = (rows: Rows): Rows => rows.slice(from, rows.length - tail)
  return { kind: 'splice', from, before: middle(before), after: middle(after) }
}

const pickRows = (rows: Rows, at: readonly number[]): Rows =>
  at.flatMap((index) => rows[index] ?? [])

function applied(doc: DraftDoc, { head, rows }: Patch, to: 'before' | 'after'): DraftDoc {
  return { ...doc, ...head[to], rows: withPatch(doc.rows, rows, to) }
}

function withPatch(rows: Rows, patch: RowsPatch, to: 'before' | 'after'): Rows {
  const wanted = patch[to]
  if (patch.kind === 'splice') {
    const other = patch[to === 'before' ? 'after' : 'before']
    return rows.toSpliced(patch.from, other.length, ...wanted)
  }
  if (patch.at.length === 0) return rows
  const changed = [...rows]
  for (const [place, index] of patch.at.entries()) {
    const row = wanted[place]
    if (row !== undefined) changed[index] = row
  }
  return changed
}

const sizeOf = ({ rows }: Patch): number => rows.before.length + rows.after.length

/** The latest steps that fit; the last one always does. */
function bounded(past: readonly Patch[]): readonly Patch[] {
  let rows = 0
  let from = past.length
  while (from > 0 && past.length - from < STEPS) {
    const patch = past[from - 1]
    rows += patch === undefined ? 0 : sizeOf(patch)
    if (rows > MOST_ROWS && from < past.length) break
    from -= 1
  }
  return past.slice(from)
}
