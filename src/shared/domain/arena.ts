import { idOf } from './ids.ts'
import type { TakeView } from './take.ts'

export type PairId = `pair_${string}`

export const pairIdSchema = idOf('pair')

/** `a` and `b`: that side is better. Alike and both bad weigh the same; a skipped pair weighs nothing. */
export const VOTES = ['a', 'b', 'alike', 'bothBad', 'skipped'] as const
export type Vote = (typeof VOTES)[number]

/**
 * What a round compares: `makers` are models and providers on the same prompt, `templates` are prompts
 * of different templates on the same model.
 */
export const ROUNDS = ['makers', 'templates'] as const
export type RoundOf = (typeof ROUNDS)[number]

/** Two takes in an order that chance chose. Nothing here tells who or what made them. */
export interface BlindPair {
  readonly id: PairId
  /** Of both; null where they differ, since that is what the vote is about. */
  readonly prompt: string | null
  readonly vote: Vote | null
}

/** A pair with its makers, once every pair of its round was voted on. */
export interface OpenedPair extends BlindPair {
  readonly a: TakeView
  readonly b: TakeView
}

export const MAKERS = ['model', 'provider', 'template'] as const
/** What votes are counted for; a template counts as made by whoever wrote it. */
export type Maker = (typeof MAKERS)[number]

/** A place on the scale of votes: 400 points more win ten times as often. */
export interface Rating {
  /** Id of the model or provider; the text of the template. */
  readonly key: string
  /** What a template is called in the library; absent where it is not there, or is no template. */
  readonly name?: string | undefined
  readonly rating: number
  /** 95 of 100 such intervals hold the true rating. */
  readonly low: number
  readonly high: number
  readonly votes: number
  readonly wins: number
  /** Ratings of different groups were never compared, not even through others. */
  readonly group: number
}
