import type { StateCreator } from 'zustand'

import type { BlindPair, OpenedPair, RoundOf, Vote } from '../../../shared/domain/arena.ts'
import { act, notify } from '../notify.ts'
import type { GetStore, SetStore, Store } from '../store.ts'

/** A round of blind pairs, as far as it has come. */
export interface BlindRound {
  readonly round: string
  readonly of: RoundOf
  readonly pairs: readonly BlindPair[]
  /** Place of the pair that is shown; behind the last one: all are done. */
  readonly at: number
  /** With their makers, once all are done. */
  readonly opened: readonly OpenedPair[] | null
}

export interface BlindSlice {
  readonly blind: BlindRound | null
  readonly beginBlind: (of: RoundOf) => Promise<void>
  readonly voteBlind: (vote: Vote) => Promise<void>
  readonly undoBlind: () => Promise<void>
  /** Shows the makers now: what has no vote is skipped. Without any vote it just closes. */
  readonly endBlind: () => Promise<void>
  readonly closeBlind: () => void
}

/** A sitting: longer ones tire, and tired votes say little. */
const PAIRS = 20

const NOTHING: Readonly<Record<RoundOf, string>> = {
  makers: 'There is nothing to compare blind: no prompt has takes by two models or providers.',
  templates: 'There is nothing to compare blind: no model has takes of two templates.',
}

export const createBlindSlice: StateCreator<Store, [], [], BlindSlice> = (set, get) => ({
  blind: null,
  beginBlind: async (of) => {
    const { batchId } = get().filter
    const begun = await act('No pairs were drawn.', 'arena.begin', {
      of,
      batchId,
      most: PAIRS,
    })
    if (!begun.ok) return
    if (begun.data.pairs.length > 0) {
      const blind = { ...begun.data, of, at: 0, opened: null }
      return set({ blind, isLoupeOpen: false, compared: null, isPlaying: false })
    }
    notify({ text: NOTHING[of], tone: 'ask' })
  },
  voteBlind: async (vote) => {
    const { blind } = get()
    const pair = blind?.pairs[blind.at]
    if (blind === null || pair === undefined) return
    const kept = await act('The vote was not kept.', 'arena.vote', { pairId: pair.id, vote })
    if (!kept.ok) return
    const pairs = blind.pairs.map((one) => (one === pair ? { ...one, vote } : one))
    set({ blind: { ...blind, pairs, at: blind.at + 1 } })
    if (blind.at + 1 === pairs.length) await open(set, get)
  },
  undoBlind: async () => {
    const { blind } = get()
    const pair = blind?.pairs[blind.at - 1]
    // Names once seen cannot be unseen: the votes of an opened round stay.
    if (blind === null || pair === undefined || blind.opened !== null) return
    const undone = await act('The vote was not taken back.', 'arena.vote', {
      pairId: pair.id,
      vote: null,
    })
    if (!undone.ok) return
    const pairs = blind.pairs.map((one) => (one === pair ? { ...one, vote: null } : one))
    set({ blind: { ...blind, pairs, at: blind.at - 1 } })
  },
  endBlind: async () => {
    const { blind } = get()
    if (blind === null) return
    if (blind.at === 0) return set({ blind: null })
    const ended = await act('The round was not ended.', 'arena.end', { round: blind.round })
    if (ended.ok) await open(set, get)
  },
  closeBlind: () => set({ blind: null }),
})

async function open(set: SetStore, get: GetStore): Promise<void> {
  const { blind } = get()
  if (blind === null) return
  const opened = await act('The makers could not be read.', 'arena.opened', { round: blind.round })
  if (opened.ok) set({ blind: { ...blind, opened: opened.data } })
}
