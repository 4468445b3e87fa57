import { create } from 'zustand'
import { persist } from 'zustand/middleware'

import type { ColumnLayout } from '../../shared/domain/draft.ts'
import { USUAL_LAYOUT } from './draft/layout.ts'

export type Panel = 'draft' | 'queue'
/** `narrow` is below 1180 pixels, as in the style sheets. */
export type Room = 'wide' | 'narrow'
export type ReviewLayout = 'prompt' | 'wall'

/** How a person likes things laid out; kept by the window, of no interest to the engine. */
interface View {
  readonly reviewLayout: ReviewLayout
  /** Width of a tile in Review, pixels. */
  readonly tileWidth: number
  readonly autoAdvance: boolean
  readonly isMuted: boolean
  /** Of drafts that were never laid out. */
  readonly columns: ColumnLayout
  /** Side panels, where there is room for them and where there is not. */
  readonly panels: Readonly<Record<Panel, Readonly<Record<Room, boolean>>>>
  /** The card that tells of keys at the first start. */
  readonly isKeyCardPutAway: boolean
  readonly change: (view: Partial<Omit<View, 'change'>>) => void
}

export const useView = create<View>()(
  persist(
    (set) => ({
      reviewLayout: 'prompt',
      tileWidth: 240,
      autoAdvance: false,
      isMuted: false,
      columns: USUAL_LAYOUT,
      panels: { draft: { wide: true, narrow: false }, queue: { wide: true, narrow: false } },
      isKeyCardPutAway: false,
      change: (view) => set(view),
    }),
    // Reading it waits for main, which is busiest while the page loads: see `restoreKept`.
    { name: 'dailies.view', version: 2, skipHydration: true },
  ),
)
