import { z } from 'zod'

/** What the app does once a night's work is done or can go no further. */
export const WHEN_DONE_ACTIONS = [
  'nothing',
  'notify',
  'sound',
  'sleep',
  'shutDown',
  'quit',
  'command',
] as const
export type WhenDoneAction = (typeof WHEN_DONE_ACTIONS)[number]

export const whenDoneSchema = z.object({
  action: z.enum(WHEN_DONE_ACTIONS).default('notify'),
  /** Before whatever cannot be taken back. */
  countdownSeconds: z.int().min(5).max(600).default(60),
  /** For `command`: chosen by the system's dialog, never by the page. */
  program: z.string().nullable().default(null),
  /** Handed over as they are; no shell reads them. */
  args: z.array(z.string().max(2000)).max(50).default([]),
})

export type WhenDone = z.infer<typeof whenDoneSchema>

/** What is about to be done unless somebody stops it. */
export interface Countdown {
  readonly action: WhenDoneAction
  /** Epoch ms by the clock on the wall. */
  readonly endsAt: number
}

/** A night that ended in this run of the app, and where its report lies. */
export interface NightEnd {
  /** ISO day on whose evening the night began. */
  readonly night: string
  readonly at: number
  /** Null: it could not be written. */
  readonly reportPath: string | null
  /** `The night’s work is done`, or how much of it is left. */
  readonly words: string
  readonly isDone: boolean
}

export interface NightsView {
  readonly countdown: Countdown | null
  readonly lastEnd: NightEnd | null
}
