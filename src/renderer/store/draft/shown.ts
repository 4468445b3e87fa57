import { positionsBetween, type DraftRow, type DraftRowId } from '../../../shared/domain/draft.ts'

/** Rows that are hidden do not leave the draft, and no edit of what is shown touches them. */
export interface RowFilter {
  /** What the rows have in common, for people. */
  readonly words: string
  /** Stays as it is while cells change: no row vanishes under the hand that edits it. */
  readonly ids: ReadonlySet<DraftRowId>
}

export interface ShownRows {
  readonly rows: readonly DraftRow[]
  /** Index in the draft of each shown row; null: all are shown. */
  readonly at: readonly number[] | null
}

const known = new WeakMap<
  readonly DraftRow[],
  { readonly filter: RowFilter | null; readonly shown: ShownRows }
>()

/** Worked out once per state of the rows: every key asks for it, and gets the same object. */
export function shownOf(rows: readonly DraftRow[], filter: RowFilter | null): ShownRows {
  const before = known.get(rows)
  if (before !== undefined && before.filter === filter) return before.shown
  const shown = filter === null ? { rows, at: null } : held(rows, filter)
  known.set(rows, { filter, shown })
  return shown
}

function held(rows: readonly DraftRow[], { ids }: RowFilter): ShownRows {
  const at = rows.flatMap(({ id }, index) => (ids.has(id) ? [index] : []))
  return { rows: at.flatMap((index) => rows[index] ?? []), at }
}

/** Where a shown row stands once another filter is set; the first one where that hides it. */
export function rowUnder(
  rows: readonly DraftRow[],
  place: {
    readonly row: number
    readonly before: RowFilter | null
    readonly after: RowFilter | null
  },
): number {
  const kept = shownOf(rows, place.before).rows[place.row]
  return kept === undefined ? 0 : Math.max(0, shownOf(rows, place.after).rows.indexOf(kept))
}

/**
 * What was made of the shown rows, put back among the hidden ones: rows that stayed take the places of
 * shown rows in their new order, and new ones follow the row before them.
 */
export function withShown(
  all: readonly DraftRow[],
  shown: readonly DraftRow[],
  next: readonly DraftRow[],
): readonly DraftRow[] {
  const before = new Set(shown.map(({ id }) => id))
  const now = new Set(next.map(({ id }) => id))
  const kept = next.filter(({ id }) => before.has(id))
  const { first, behind } = newcomers(next, before)
  const merged: DraftRow[] = []
  let taken = 0
  let isFirst = true
  for (const row of all) {
    if (isFirst && before.has(row.id)) {
      merged.push(...first)
      isFirst = false
    }
    if (!before.has(row.id)) merged.push(row)
    else if (now.has(row.id)) {
      const here = kept[taken] ?? row
      taken += 1
      merged.push(here.position === row.position ? here : { ...here, position: row.position })
      merged.push(...(behind.get(here.id) ?? []))
    }
  }
  if (isFirst) merged.push(...first)
  const added = next.filter(({ id }) => !before.has(id))
  return placed(merged, new Set(added.map(({ id }) => id)))
}

function newcomers(next: readonly DraftRow[], before: ReadonlySet<DraftRowId>) {
  const first: DraftRow[] = []
  const behind = new Map<DraftRowId, DraftRow[]>()
  let group = first
  for (const row of next) {
    if (before.has(row.id)) {
      group = []
      behind.set(row.id, group)
    } else group.push(row)
  }
  return { first, behind }
}

/** Gives new rows a place between those around them. */
function placed(rows: readonly DraftRow[], added: ReadonlySet<DraftRowId>): readonly DraftRow[] {
  if (added.size === 0) return rows
  const done = [...rows]
  let at = 0
  while (at < done.length) {
    let end = at
    while (end < done.length && added.has(done[end]?.id ?? 'row_')) end += 1
    if (end > at) {
      const before = done[at - 1]?.position ?? null
      const places = positionsBetween(before, done[end]?.position ?? null, end - at)
      if (places === null) return done.map((row, position) => ({ ...row, position }))
      for (let index = at; index < end; index += 1) {
        const row = done[index]
        const position = places[index - at]
        if (row !== undefined && position !== undefined) done[index] = { ...row, position }
      }
    }
    at = end + 1
  }
  return done
}
