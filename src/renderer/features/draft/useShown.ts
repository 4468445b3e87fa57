import type { DraftRow } from '../../../shared/domain/draft.ts'
import { shownOf, type ShownRows } from '../../store/draft/shown.ts'
import { useStore } from '../../store/store.ts'

const NONE: ShownRows = Object.freeze({ rows: [], at: null })

/** The rows of the open draft that no filter hides. */
export function useShown(): ShownRows {
  return useStore(({ open, rowFilter }) =>
    open === null ? NONE : shownOf(open.doc.rows, rowFilter),
  )
}

export const useShownRow = (index: number): DraftRow | null => useShown().rows[index] ?? null
