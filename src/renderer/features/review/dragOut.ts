import type { DragEvent } from 'react'

import type { TakeId } from '../../../shared/domain/ids.ts'
import { act } from '../../store/notify.ts'
import { useStore } from '../../store/store.ts'
import { clipsOf, itemsOf } from './export/exportItems.ts'

/**
 * The files of the takes that are chosen together, or of this one, follow the pointer out of the window.
 * A take with in and out points goes as that clip.
 */
export function dragOut(event: DragEvent, takeId: TakeId): void {
  // The system's own drag takes the place of the page's.
  event.preventDefault()
  const { selectedTakes } = useStore.getState()
  void begin(selectedTakes.includes(takeId) ? selectedTakes : [takeId])
}

async function begin(takeIds: readonly TakeId[]): Promise<void> {
  const clips = await clipsOf(takeIds)
  if (clips === null) return
  const items = takeIds.flatMap((id) => itemsOf(id, clips))
  await act('Nothing could be dragged out.', 'exports.dragOut', { items })
}
