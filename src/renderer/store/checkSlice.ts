import type { StateCreator } from 'zustand'

import type { DraftRowId } from '../../shared/domain/draft.ts'
import type { DraftCheck, RowCheck } from '../../shared/domain/draftCheck.ts'
import { ask } from '../ipc/client.ts'
import type { GetStore, SetStore, Store } from './store.ts'

/** Longer than saves are apart: a sheet is not planned at each letter. */
const PAUSE_MS = 300
/** Rows that only fly past are not checked. */
const SCROLL_MS = 80

export interface CheckSlice {
  /** What the draft comes to, as last saved; null while it is not known. */
  readonly check: DraftCheck | null
  readonly checkError: string | null
  /** Code of the problems that are listed and walked; null: all are. */
  readonly problemKind: string | null
  readonly isChecking: boolean
  readonly rowChecks: Readonly<Record<DraftRowId, RowCheck>>
  /** Rows in view: only these are checked one by one. */
  readonly checkedRows: readonly DraftRowId[]

  readonly checkSoon: () => void
  readonly forgetCheck: () => void
  readonly listProblems: (kind: string | null) => void
  readonly watchRows: (rowIds: readonly DraftRowId[]) => void
  /** A check of what is saved now; null: it could not be made. */
  readonly checkNow: () => Promise<DraftCheck | null>
}

const NO_ROWS: Readonly<Record<DraftRowId, RowCheck>> = Object.freeze({})

/** Rows in view. Those out of view are forgotten: they are asked for again when they come back. */
async function checkRowsInView(set: SetStore, get: GetStore): Promise<void> {
  const { open, checkedRows } = get()
  if (open === null || checkedRows.length === 0) return
  const answer = await ask('drafts.checkRows', { draftId: open.id, rowIds: [...checkedRows] })
  if (!answer.ok || get().open?.id !== open.id) return
  set({ rowChecks: Object.fromEntries(answer.data.map((check) => [check.rowId, check])) })
}

export const createCheckSlice: StateCreator<Store, [], [], CheckSlice> = (set, get) => {
  const checkRows = (): Promise<void> => checkRowsInView(set, get)
  let timer: ReturnType<typeof setTimeout> | undefined
  let scrolling: ReturnType<typeof setTimeout> | undefined

  const checkNow = async (): Promise<DraftCheck | null> => {
    const { open } = get()
    if (open === null) return null
    set({ isChecking: true })
    const answer = await ask('drafts.check', { draftId: open.id })
    set({ isChecking: false })
    if (get().open?.id !== open.id) return null
    if (!answer.ok) {
      set({ checkError: answer.error.message })
      return null
    }
    set({ check: answer.data, checkError: null })
    return answer.data
  }

  const soon = (work: () => void): void => {
    clearTimeout(timer)
    timer = setTimeout(work, PAUSE_MS)
  }

  return {
    check: null,
    checkError: null,
    problemKind: null,
    isChecking: false,
    rowChecks: NO_ROWS,
    checkedRows: [],

    checkSoon: () =>
      soon(() => {
        void checkRows()
        void checkNow()
      }),
    forgetCheck: () =>
      set({ check: null, checkError: null, problemKind: null, rowChecks: NO_ROWS }),
    listProblems: (problemKind) => set({ problemKind }),
    watchRows: (checkedRows) => {
      const known = get().rowChecks
      set({ checkedRows })
      clearTimeout(scrolling)
      if (checkedRows.some((id) => known[id] === undefined)) {
        scrolling = setTimeout(() => void checkRows(), SCROLL_MS)
      }
    },
    checkNow,
  }
}
