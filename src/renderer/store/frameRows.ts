import type { DraftRow } from '../../shared/domain/draft.ts'
import { pairByName } from '../../shared/domain/framePairs.ts'
import type { FrameView } from '../../shared/domain/referenceFrame.ts'
import { addRows, newRowId } from './draftRows.ts'
import { insertedAt } from './draft/edits.ts'
import { notify } from './notify.ts'
import { useStore } from './store.ts'
import { plural } from '../ui/format.ts'

export type Role = 'firstFrame' | 'lastFrame'
/** How frames meet the rows of the open draft. */
export type Pairing = 'newRows' | 'inOrder' | 'byName' | 'everyRow'

export const PAIRING_WORDS: Readonly<Record<Pairing, string>> = {
  newRows: 'A new row for each',
  inOrder: 'In order, on rows without one',
  byName: 'By file name',
  everyRow: 'Every row with every frame',
}

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  firstFrame: 'first frame',
  lastFrame: 'last frame',
}

export async function putIntoDraft(
  frames: readonly FrameView[],
  pairing: Pairing,
  role: Role,
): Promise<void> {
  const { open, openDraft } = useStore.getState()
  if (open === null) await openDraft(null)
  switch (pairing) {
    case 'newRows': {
      const name = await addRows(frames.map((frame) => worn({}, frame, role)))
      if (name !== null) say(`${plural(frames.length, 'new row')} in “${name}”.`)
      return
    }
    case 'inOrder': {
      return inOrder(frames, role)
    }
    case 'byName': {
      return byName(frames, role)
    }
    case 'everyRow': {
      return everyRow(frames, role)
    }
  }
}

/** A frame, and how it wants to be fitted. */
export type Fitted = Pick<FrameView, 'id' | 'fit'>

/** A row with the frame on it, fitted as the frame says unless the row says otherwise. */
export function worn<T extends Partial<DraftRow>>(row: T, { id, fit }: Fitted, role: Role) {
  const options = row.options ?? {}
  const isFitted = fit === '' || options['frame_fit'] !== undefined
  return { ...row, [role]: id, options: isFitted ? options : { ...options, frame_fit: fit } }
}

function edit(change: (rows: readonly DraftRow[]) => readonly DraftRow[]): void {
  useStore.getState().editDraft((doc) => ({ ...doc, rows: change(doc.rows) }))
}

const rowsNow = (): readonly DraftRow[] => useStore.getState().open?.doc.rows ?? []

/** One after the other on the rows that have none. */
function inOrder(frames: readonly FrameView[], role: Role): void {
  const waiting = [...frames]
  edit((rows) =>
    rows.map((row) => {
      const frame = row[role] === null ? waiting.shift() : undefined
      return frame === undefined ? row : worn(row, frame, role)
    }),
  )
  const placed = frames.length - waiting.length
  say(`${plural(placed, 'row')} got a ${ROLE_WORDS[role]}.${leftWords(waiting)}`)
}

function byName(frames: readonly FrameView[], role: Role): void {
  const pairs = pairByName(rowsNow(), frames)
  const views = new Map(frames.map((frame) => [frame.id, frame]))
  edit((rows) =>
    rows.map((row, index) => {
      const frame = views.get(pairs.frames.get(index) ?? 'frame_none')
      return frame === undefined ? row : worn(row, frame, role)
    }),
  )
  say(
    `${plural(pairs.frames.size, 'row')} got a ${ROLE_WORDS[role]} by name.${leftWords(pairs.left)}`,
  )
}

/** Every row once with every frame. */
function everyRow(frames: readonly FrameView[], role: Role): void {
  const before = rowsNow().length
  edit((rows) => {
    const made = rows.flatMap((row) =>
      frames.map((frame, at) => worn(at === 0 ? row : { ...row, id: newRowId() }, frame, role)),
    )
    return insertedAt([], 0, made)
  })
  say(
    `${plural(before, 'row')} with ${plural(frames.length, 'frame')}: ${plural(rowsNow().length, 'row')}.`,
  )
}

const leftWords = (left: readonly { readonly name: string }[]): string => {
  const names = left.slice(0, 3).map(({ name }) => name)
  const more = left.length > names.length ? ` and ${left.length - names.length} more` : ''
  return left.length === 0 ? '' : ` Left: ${names.join(', ')}${more}.`
}

const say = (text: string): void =>
  notify({
    text,
    tone: 'done',
    action:
      useStore.getState().screen === 'draft'
        ? { label: 'Undo', run: () => useStore.getState().undoDraft() }
        : { label: 'Go to Draft', run: () => useStore.getState().go('draft') },
  })
