import { create } from 'zustand'
import { persist } from 'zustand/middleware'

export type ReviewLayout = 'prompt' | 'wall'

/** How a person likes things laid out; kept by the window, of no interest to the engine. */
interface View {
  readonly reviewLayout: ReviewLayout
  /** Width of a tile in Review, pixels. */
  readonly tileWidth: number
  readonly autoAdvance: boolean
  readonly isMuted: boolean
  readonly isDraftPanelOpen: boolean
  readonly isQueuePanelOpen: boolean
  readonly change: (view: Partial<Omit<View, 'change'>>) => void
}

const ROOMY = 1180

export const useView = create<View>()(
  persist(
    (set) => ({
      reviewLayout: 'prompt',
      tileWidth: 240,
      autoAdvance: false,
      isMuted: false,
      isDraftPanelOpen: window.innerWidth >= ROOMY,
      isQueuePanelOpen: window.innerWidth >= ROOMY,
      change: (view) => set(view),
    }),
    { name: 'dailies.view', version: 1 },
  ),
)
