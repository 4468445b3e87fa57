import { useState } from 'react'

import type { FrameId } from '../../../shared/domain/ids.ts'
import type { FrameView } from '../../../shared/domain/referenceFrame.ts'
import { indexOfId, idAt } from '../../store/keyset.ts'
import type { Frames } from './useFrames.ts'

export interface ChosenFrames {
  readonly ids: ReadonlySet<FrameId>
  /** Place of the frame that keys move from; -1: none. */
  readonly focus: number
  /** The chosen frames whose rows are here. */
  readonly views: readonly FrameView[]
  readonly choose: (index: number, how: 'one' | 'range' | 'toggle') => void
  readonly clear: () => void
  /** Every frame that matches, read or not. */
  readonly chooseAll: () => Promise<void>
}

const NONE: ReadonlySet<FrameId> = new Set()

export function useChosenFrames(frames: Frames): ChosenFrames {
  const [ids, setIds] = useState(NONE)
  const [focusId, setFocusId] = useState<FrameId | null>(null)
  const [anchorId, setAnchorId] = useState<FrameId | null>(null)
  const { state } = frames
  const place = (id: FrameId | null): number => (id === null ? -1 : indexOfId(state, id))

  const choose = (index: number, how: 'one' | 'range' | 'toggle'): void => {
    const id = idAt(state, index) as FrameId | null
    if (id === null) return
    setFocusId(id)
    if (how === 'range' && anchorId !== null) {
      const [from, to] = [place(anchorId), index].toSorted((a, b) => a - b)
      const between = Array.from({ length: (to ?? 0) - (from ?? 0) + 1 }, (_, at) =>
        idAt(state, (from ?? 0) + at),
      )
      return setIds(new Set(between.filter((one): one is FrameId => one !== null)))
    }
    setAnchorId(id)
    if (how === 'one') return setIds(new Set([id]))
    const next = new Set(ids)
    if (!next.delete(id)) next.add(id)
    setIds(next)
  }

  const chooseAll = async (): Promise<void> => {
    const all = await frames.readIds()
    setIds(new Set(all))
    setFocusId(all[0] ?? null)
  }

  const views = [...ids].flatMap((id) => frames.frame(place(id)) ?? [])
  return { ids, focus: place(focusId), views, choose, clear: () => setIds(NONE), chooseAll }
}
