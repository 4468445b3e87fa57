import { z } from 'zod'
import { WHOLE_DAY } from './nightHours.ts'

const minuteOfDay = z.int().min(0).max(1439)

/** Hours 23 to 7, on every day. */
const NIGHTS = 0x80_00_7f

/** When work that was admitted for the night may be sent, and what becomes of it when the window closes. */
export const nightPlanSchema = z.object({
  /** Off: such work starts at once. */
  isOn: z.boolean().default(false),
  /** One number for each day, Monday first; bit h stands for the hour that begins at h. */
  days: z
    .array(z.int().min(0).max(WHOLE_DAY))
    .length(7)
    .default(() => Array.from({ length: 7 }, () => NIGHTS)),
  /** Minute of the day before which an open stretch sends nothing; null: from its first hour on. */
  startAt: minuteOfDay.nullable().default(null),
  /** Minute of the day from which an open stretch sends nothing more; null: until its last hour ends. */
  stopAt: minuteOfDay.nullable().default(null),
  /** What runs when a stretch ends: goes on to its end, or is stopped where that costs nothing. */
  atEnd: z.enum(['finish', 'stopFree']).default('finish'),
})

export type NightPlan = z.infer<typeof nightPlanSchema>
