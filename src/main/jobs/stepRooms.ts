import type { JobStep } from '../../shared/domain/job.ts'
import type { JobRow } from './jobRow.ts'

export type RoomyStep = Exclude<JobStep, 'submit'>
export const ROOMY_STEPS = ['poll', 'download', 'finish'] as const satisfies readonly RoomyStep[]

/**
 * How many jobs may be in a step at once in this process. Lanes limit submit and poll on their own; of
 * those in download six transfer and of those in finish two use ffmpeg (see `media/`): the rest write
 * down what they did, and share their commits.
 */
const STEP_LIMITS: Readonly<Record<RoomyStep, number>> = { poll: 64, download: 24, finish: 24 }

/** Who is in which step. A job that leaves one goes straight on where nobody waits for the next. */
export interface StepRooms {
  /** How many more a look may let in. */
  left(step: RoomyStep): number
  enter(step: RoomyStep): void
  leave(step: RoomyStep): void
  /** False where others wait, or may: then it waits for its turn like them. */
  goOn(step: RoomyStep): boolean
  /** Whether others wait, or may. */
  isWaitedFor(step: RoomyStep): boolean
  /** What a look found: whether all that were due came in. */
  looked(step: RoomyStep, allCameIn: boolean): void
}

/** Nobody is inside, and nobody goes on before the first look. */
export function createStepRooms(): StepRooms {
  const inside: Record<RoomyStep, number> = { poll: 0, download: 0, finish: 0 }
  const isFree: Record<RoomyStep, boolean> = { poll: false, download: false, finish: false }
  const left = (step: RoomyStep): number => Math.max(0, STEP_LIMITS[step] - inside[step])
  const enter = (step: RoomyStep): void => void (inside[step] += 1)
  return {
    left,
    enter,
    leave: (step) => void (inside[step] -= 1),
    goOn: (step) => {
      isFree[step] &&= left(step) > 0
      if (isFree[step]) enter(step)
      return isFree[step]
    },
    isWaitedFor: (step) => !isFree[step],
    looked: (step, allCameIn) => void (isFree[step] = allCameIn),
  }
}

/**
 * Writes the end of one step, in which the job keeps its lease where the next has room.
 * @returns the job if it goes on at once
 */
export async function intoNext(
  rooms: StepRooms,
  { step, run }: { readonly step: RoomyStep; readonly run: number },
  write: (run: number | null) => Promise<JobRow>,
): Promise<JobRow | null> {
  if (!rooms.goOn(step)) {
    await write(null)
    return null
  }
  try {
    return await write(run)
  } catch (error) {
    rooms.leave(step)
    throw error
  }
}
