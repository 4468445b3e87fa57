/** What the process says to a script when it ends (command line, "Exit codes"). */
export const EXIT = {
  allSucceeded: 0,
  /** Some failed or were cancelled. */
  someFailed: 1,
  /** Bad use or a bad batch; nothing was started. */
  badUse: 2,
  /** Something waits for a person or a cap; wins over `someFailed`. */
  waits: 3,
  /** Another engine holds the data folder. */
  held: 4,
  /** Resumable. */
  interrupted: 130,
} as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

export interface Outcome {
  readonly failed: number
  readonly cancelled: number
  readonly needsYou: number
  readonly waiting: number
  /** Nothing is claimed before the person has seen what the journal brought back. */
  readonly isUnseen: boolean
  readonly isInterrupted: boolean
}

/** From what is left when work ends. */
export function exitCodeOf(outcome: Outcome): ExitCode {
  if (outcome.isInterrupted) return EXIT.interrupted
  if (outcome.isUnseen || outcome.needsYou + outcome.waiting > 0) return EXIT.waits
  return outcome.failed + outcome.cancelled > 0 ? EXIT.someFailed : EXIT.allSucceeded
}
