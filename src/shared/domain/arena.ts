import { z } from 'zod'
import type { TakeView } from './take.ts'

export type PairId = `pair_${string}`

export const pairIdSchema = z.custom<PairId>(
  (value) => typeof value === 'string' && /^pair_[0-9A-Za-z]{4,40}$/.test(value),
  { error: 'must be a pair id' },
)

/** `a` and `b`: that side is better. Alike and both bad weigh the same; a skipped pair weighs nothing. */
export const VOTES = ['a', 'b', 'alike', 'bothBad', 'skipped'] as const
export type Vote = (typeof VOTES)[number]

/** Two takes of one prompt, in an order that chance chose. Nothing here tells who made them. */
export interface BlindPair {
  readonly id: PairId
  readonly prompt: string
  readonly vote: Vote | null
}

/** A pair with its makers, once every pair of its round was voted on. */
export interface OpenedPair extends BlindPair {
  readonly a: TakeView
  readonly b: TakeView
}

export const MAKERS = ['model', 'provider'] as const
/** What votes are counted for. */
export type Maker = (typeof MAKERS)[number]

/** A place on the scale of votes: 400 points more win ten times as often. */
export interface Rating {
  /** Id of the model or provider. */
  readonly key: string
  readonly rating: number
  /** 95 of 100 such intervals hold the true rating. */
  readonly low: number
  readonly high: number
  readonly votes: number
  readonly wins: number
  /** Ratings of different groups were never compared, not even through others. */
  readonly group: number
}
