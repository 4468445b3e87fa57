import type { StateCreator } from 'zustand'

import type { NightsView } from '../../shared/domain/whenDone.ts'
import { nightEnded } from './nightReport.ts'
import type { Store } from './store.ts'

export interface NightSlice {
  /** What is counted down, and the night that ended last. */
  readonly nights: NightsView
  readonly nightsArrived: (nights: NightsView) => void
}

export const createNightSlice: StateCreator<Store, [], [], NightSlice> = (set, get) => ({
  nights: { countdown: null, lastEnd: null },
  nightsArrived: (nights) => {
    const { lastEnd } = nights
    const isNews = lastEnd !== null && lastEnd.at !== get().nights.lastEnd?.at
    set({ nights })
    if (isNews && lastEnd.reportPath !== null) nightEnded(lastEnd)
  },
})
