import { emptyRow, type DraftId, type DraftRow } from '../../../shared/domain/draft.ts'
import type { DraftDoc } from './sync.ts'

const keyOf = (draftId: DraftId): string => `dailies.unkept.${draftId}`

/**
 * Rows that main cannot keep as they are stay with the window, so that closing it loses none of them.
 * False: they are more than it holds (some 5 million characters), and none of them stays.
 */
export function layAside(draftId: DraftId, rows: readonly DraftRow[]): boolean {
  const key = keyOf(draftId)
  try {
    if (rows.length > 0) localStorage.setItem(key, JSON.stringify(rows))
    else if (localStorage.getItem(key) !== null) localStorage.removeItem(key)
    return true
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'QuotaExceededError')) throw error
    localStorage.removeItem(key)
    return false
  }
}

/** A draft with the rows that were laid aside, each in its place; the same one where none were. */
export function withAside(draftId: DraftId, doc: DraftDoc): DraftDoc {
  const text = localStorage.getItem(keyOf(draftId))
  if (text === null) return doc
  const kept = JSON.parse(text) as readonly DraftRow[]
  // An earlier version may have known fewer fields.
  const aside = new Map(kept.map((row) => [row.id, { ...emptyRow(row.id, row.position), ...row }]))
  const rows = doc.rows.map((row) => aside.get(row.id) ?? row)
  const there = new Set(doc.rows.map(({ id }) => id))
  const added = [...aside.values()].filter(({ id }) => !there.has(id))
  return { ...doc, rows: [...rows, ...added].toSorted((a, b) => a.position - b.position) }
}
