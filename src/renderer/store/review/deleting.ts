import { create } from 'zustand'

import type { TakeId } from '../../../shared/domain/ids.ts'
import type { DeletedTakes, TrashSize } from '../../../shared/domain/views.ts'
import { formatBytes, plural } from '../../ui/format.ts'
import { act, notify } from '../notify.ts'
import { useStore } from '../store.ts'

/** What is to be deleted for good, once the person has said so. */
export interface DeletingWish {
  /** Null: the whole trash. */
  readonly ids: readonly TakeId[] | null
  readonly size: TrashSize
}

interface Deleting {
  readonly wish: DeletingWish | null
  readonly isAtWork: boolean
}

export const useDeleting = create<Deleting>()(() => ({ wish: null, isAtWork: false }))

export const closeDeleting = (): void => useDeleting.setState({ wish: null })

/** Asks once, with how many takes and how much room it is; `ids` null: the whole trash. */
export async function askToDelete(ids: readonly TakeId[] | null): Promise<void> {
  const input = { ids: ids === null ? null : [...ids] }
  const size = await act('The trash was not read.', 'takes.trashSize', input)
  if (!size.ok) return
  if (size.data.takes === 0) notify({ text: 'Nothing in the trash is meant.', tone: 'ask' })
  else useDeleting.setState({ wish: { ids, size: size.data } })
}

export async function deleteForGood({ ids }: DeletingWish): Promise<void> {
  useDeleting.setState({ wish: null, isAtWork: true })
  const input = { ids: ids === null ? null : [...ids] }
  const answer = await act('Not all of it was deleted.', 'takes.delete', input)
  useDeleting.setState({ isAtWork: false })
  if (answer.ok) tell(answer.data)
  const { takes, readCounts } = useStore.getState()
  useStore.setState({ selectedTakes: [] })
  takes.refresh()
  await readCounts()
  // An empty trash has no chip on the bar to leave it by.
  const { counts, filter, filterTakes } = useStore.getState()
  if (filter.shown === 'trashed' && counts?.trashed === 0) filterTakes({ shown: 'all' })
}

function tell({ deleted, bytes, kept }: DeletedTakes): void {
  const [first] = kept
  const done = `${plural(deleted, 'take')} deleted, ${formatBytes(bytes)} free again.`
  if (first === undefined) notify({ text: done, tone: 'done' })
  else {
    const stays = `${plural(kept.length, 'take stays', 'takes stay')} in the trash: ${first.message}`
    notify({ text: `${deleted === 0 ? '' : `${done} `}${stays}`, tone: 'fail' })
  }
}
