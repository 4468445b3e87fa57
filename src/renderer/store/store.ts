import { create, type StoreApi } from 'zustand'

import { createAppSlice, type AppSlice } from './appSlice.ts'
import { createCatalogueSlice, type CatalogueSlice } from './catalogueSlice.ts'
import { createCheckSlice, type CheckSlice } from './checkSlice.ts'
import { createDraftSlice, type DraftSlice } from './draftSlice.ts'
import { createProvidersSlice, type ProvidersSlice } from './providersSlice.ts'
import { createNightSlice, type NightSlice } from './nightSlice.ts'
import { createQueueSlice, type QueueSlice } from './queueSlice.ts'
import { createBlindSlice, type BlindSlice } from './review/blindSlice.ts'
import { createReviewSlice, type ReviewSlice } from './reviewSlice.ts'

export type Store = AppSlice &
  CatalogueSlice &
  CheckSlice &
  DraftSlice &
  ProvidersSlice &
  NightSlice &
  QueueSlice &
  ReviewSlice &
  BlindSlice

export type SetStore = StoreApi<Store>['setState']
export type GetStore = StoreApi<Store>['getState']

/** The page's copy of what main told it, and what the person is doing. Actions are named by intention. */
export const useStore = create<Store>()((...args) => ({
  ...createAppSlice(...args),
  ...createCatalogueSlice(...args),
  ...createCheckSlice(...args),
  ...createDraftSlice(...args),
  ...createProvidersSlice(...args),
  ...createNightSlice(...args),
  ...createQueueSlice(...args),
  ...createReviewSlice(...args),
  ...createBlindSlice(...args),
}))
