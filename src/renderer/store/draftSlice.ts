import type { StateCreator } from 'zustand'

import type { Draft, DraftId } from '../../shared/domain/draft.ts'
import type { BatchId } from '../../shared/domain/ids.ts'
import { ask } from '../ipc/client.ts'
import {
  columnsAtTyping,
  emptyHistory,
  isTyping,
  redone,
  remembered,
  stepEnded,
  TYPING,
  undone,
  type History,
} from './draft/history.ts'
import { readDraft } from './draft/readDraft.ts'
import type { TooLong } from './draft/keepable.ts'
import { createSaver, type Saver } from './draft/saver.ts'
import { atCell, type Selection } from './draft/selection.ts'
import { rowUnder, shownOf, withShown, type RowFilter } from './draft/shown.ts'
import type { DraftDoc } from './draft/sync.ts'
import { followed, usedVariables } from './draft/variables.ts'
import type { GetStore, SetStore, Store } from './store.ts'

export type SaveState =
  | { readonly kind: 'saved' | 'pending' | 'saving' }
  | { readonly kind: 'failed'; readonly message: string }

export interface OpenDraft {
  readonly id: DraftId
  readonly doc: DraftDoc
  /** As main has it. */
  readonly saved: DraftDoc
  readonly revision: number
  readonly history: History
}

export interface DraftSlice {
  /** Heads, latest first; null until they were read. */
  readonly drafts: readonly Draft[] | null
  readonly open: OpenDraft | null
  readonly openError: string | null
  readonly saveState: SaveState
  /** In the rows that are shown. */
  readonly selection: Selection
  /** Null: every row is shown. */
  readonly rowFilter: RowFilter | null
  /** The batch that was last made of a draft, for its progress beside the rows. */
  readonly lastRun: { readonly draftId: DraftId; readonly batchId: BatchId } | null

  readonly readDrafts: () => Promise<void>
  /** Null: the latest one. */
  readonly openDraft: (draftId: DraftId | null) => Promise<void>
  /** Edits in a row that `joins` names alike are undone together. */
  readonly editDraft: (change: (doc: DraftDoc) => DraftDoc, joins?: string) => void
  /** The same for the rows that are shown; hidden ones stay as they are. */
  readonly editRows: (change: (rows: DraftDoc['rows']) => DraftDoc['rows'], joins?: string) => void
  /** What comes next is a step of its own, whatever it joins. */
  readonly endStep: () => void
  /** The cell that has the focus keeps it: what is pasted next goes into its column. */
  readonly filterRows: (filter: RowFilter | null) => void
  readonly undoDraft: () => void
  readonly redoDraft: () => void
  readonly select: (selection: Selection) => void
  readonly saveDraft: () => Promise<boolean>
  readonly draftRan: (run: DraftSlice['lastRun']) => void
}

/**
 * Columns follow the prompts: a new `{{name}}` gets one, and one that nothing uses goes. While a cell is
 * typed those that stood stay: it may be emptied only to be typed anew.
 */
function withVariables(
  doc: DraftDoc,
  { doc: before, history }: OpenDraft,
  joins?: string,
): DraftDoc {
  const kept = joins === TYPING ? columnsAtTyping(history, before) : []
  const variables = followed(doc.variables, doc.rows, { before: before.rows, kept })
  return variables === doc.variables ? doc : { ...doc, variables }
}

/** Those that were kept while a cell was typed. */
function withoutUnused({ doc, history }: OpenDraft): DraftDoc {
  if (!isTyping(history)) return doc
  const variables = usedVariables(doc.variables, doc.rows)
  return variables === doc.variables ? doc : { ...doc, variables }
}

const TOP_LEFT = atCell({ row: 0, col: 0 })

const lostByClosing = ({ place, why }: TooLong): string =>
  `${place}: ${why} Closing Dailies before that loses it.`

type Host = { readonly set: SetStore; readonly get: GetStore; readonly saver: Saver }

const saverFor = (set: SetStore, get: GetStore): Saver => {
  const saver: Saver = createSaver({
    target: () => {
      const { open } = get()
      return open === null ? null : { draftId: open.id, doc: open.doc, saved: open.saved }
    },
    began: () => set({ saveState: { kind: 'saving' } }),
    failed: (message) => set({ saveState: { kind: 'failed', message } }),
    ended: (target, { head, tooLong }) => {
      const { open, drafts } = get()
      if (open === null || open.id !== target.draftId) return
      const isAll = open.doc === target.doc
      set({
        open: { ...open, saved: target.saved, revision: head?.revision ?? open.revision },
        saveState:
          tooLong === null
            ? { kind: isAll ? 'saved' : 'pending' }
            : { kind: 'failed', message: lostByClosing(tooLong) },
        drafts:
          head === null || drafts === null
            ? drafts
            : drafts.map((known) => (known.id === head.id ? head : known)),
      })
      if (head !== null) get().checkSoon()
      if (!isAll) saver.soon()
    },
  })
  return saver
}

const reading = ({ set, get, saver }: Host): Pick<DraftSlice, 'readDrafts' | 'openDraft'> => ({
  readDrafts: async () => {
    const answer = await ask('drafts.list')
    if (answer.ok) set({ drafts: answer.data })
    else set({ openError: answer.error.message })
  },
  openDraft: async (wanted) => {
    if (!(await saver.now())) return
    await get().readDrafts()
    const draftId = wanted ?? get().drafts?.[0]?.id
    if (draftId === undefined) return set({ open: null })
    const answer = await readDraft(draftId)
    if (!answer.ok) return set({ openError: answer.error.message })
    // What was typed while the other one was read.
    while (get().open?.doc !== get().open?.saved) if (!(await saver.now())) return
    const { head, doc } = answer.data
    set({
      open: { id: head.id, doc, saved: doc, revision: head.revision, history: emptyHistory },
      openError: null,
      selection: TOP_LEFT,
      rowFilter: null,
      saveState: { kind: 'saved' },
    })
    get().forgetCheck()
    get().checkSoon()
  },
})

function filteredBy({ open, rowFilter: before, selection }: Store, after: RowFilter | null) {
  const { row, col } = selection.focus
  const now = rowUnder(open?.doc.rows ?? [], { row, before, after })
  return { rowFilter: after, selection: atCell({ row: now, col }) }
}

type Editing = Pick<
  DraftSlice,
  'editDraft' | 'editRows' | 'endStep' | 'filterRows' | 'undoDraft' | 'redoDraft'
>

const editing = (host: Host): Editing => {
  const { set, get, saver } = host
  const show = (open: OpenDraft, doc: DraftDoc, history: History): void => {
    set({ open: { ...open, doc, history }, saveState: { kind: 'pending' } })
    saver.soon()
  }
  const step = (take: typeof undone, word: 'undone' | 'redone'): void => {
    const { open, say } = get()
    const taken = open === null ? null : take(open.history, open.doc)
    if (open === null || taken === null) return say(`Nothing is left to be ${word}.`)
    show(open, taken.doc, taken.history)
    say(word === 'undone' ? 'Undone.' : 'Redone.')
  }
  const editDraft: DraftSlice['editDraft'] = (change, joins) => {
    const { open } = get()
    if (open === null) return
    const changed = change(open.doc)
    if (changed === open.doc) return
    const isHeadAlone = changed.rows === open.doc.rows && changed.variables === open.doc.variables
    const doc = isHeadAlone ? changed : withVariables(changed, open, joins)
    show(open, doc, remembered(open.history, { before: open.doc, after: doc, joins }))
  }
  return {
    editDraft,
    editRows: (change, joins) => {
      const { rowFilter: filter } = get()
      editDraft((doc) => {
        const { rows } = shownOf(doc.rows, filter)
        const next = change(rows)
        if (next === rows) return doc
        if (filter === null) return { ...doc, rows: next }
        const ids = new Set([...filter.ids, ...next.map(({ id }) => id)])
        set({ rowFilter: { ...filter, ids } })
        return { ...doc, rows: withShown(doc.rows, rows, next) }
      }, joins)
    },
    endStep: () => {
      const { open } = get()
      if (open === null) return
      const { doc: before, history } = open
      const after = withoutUnused(open)
      if (after === before) return set({ open: { ...open, history: stepEnded(history) } })
      show(open, after, stepEnded(remembered(history, { before, after, joins: TYPING })))
    },
    filterRows: (rowFilter) => set(filteredBy(get(), rowFilter)),
    undoDraft: () => step(undone, 'undone'),
    redoDraft: () => step(redone, 'redone'),
  }
}

export const createDraftSlice: StateCreator<Store, [], [], DraftSlice> = (set, get) => {
  const host = { set, get, saver: saverFor(set, get) }
  return {
    drafts: null,
    open: null,
    openError: null,
    saveState: { kind: 'saved' },
    selection: TOP_LEFT,
    rowFilter: null,
    lastRun: null,
    ...reading(host),
    ...editing(host),
    select: (selection) => set({ selection }),
    saveDraft: () => host.saver.now(),
    draftRan: (lastRun) => set({ lastRun }),
  }
}
