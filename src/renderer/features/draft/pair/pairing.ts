import { create } from 'zustand'

import type { FrameView } from '../../../../shared/domain/referenceFrame.ts'
import { chooseFrameFolder } from '../../../store/frameActions.ts'
import { chooseFrames } from '../gridActions.ts'
import { atCell } from '../../../store/draft/selection.ts'
import type { Role } from '../../../store/frameRows.ts'
import { useStore } from '../../../store/store.ts'

/** Pictures that came together, and the row that they came to. */
export interface Pairing {
  readonly frames: readonly FrameView[]
  readonly row: number
}

/** Null: nothing is asked now. */
export const usePairing = create<{ readonly asked: Pairing | null }>()(() => ({ asked: null }))

export const askPairing = (frames: readonly FrameView[], row: number): void =>
  usePairing.setState({ asked: { frames, row } })

export const endPairing = (): void => usePairing.setState({ asked: null })

export async function pairFolder(): Promise<void> {
  const frames = await chooseFrameFolder()
  if (frames.length > 0) askPairing(frames, useStore.getState().selection.focus.row)
}

/** One after the other from a row on, whatever is there. */
export function putFrom({ frames, row }: Pairing, role: Role): void {
  const { selection, select } = useStore.getState()
  select(atCell({ row, col: selection.focus.col }))
  chooseFrames(frames, role)
}
