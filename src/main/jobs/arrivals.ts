import type { JobId } from '../../shared/domain/ids.ts'
import type { QueueContext } from './context.ts'
import type { JobRow } from './jobRow.ts'
import { toJobView } from './jobView.ts'
import { jobReason } from './whyWaiting.ts'

/** How much of a file is here. */
export interface Arrival {
  readonly bytes: number
  /** Null: the server does not say. */
  readonly total: number | null
}

/** Downloads under way. For the eye alone: nothing of it is stored, a restart asks the file itself. */
export interface Arrivals {
  note(job: JobRow, arrival: Arrival): void
  of(id: JobId): Arrival | null
  /** Whose file arrives now. */
  ids(): readonly JobId[]
  end(id: JobId): void
}

/** A figure that moves faster cannot be read. */
const TELL_EVERY_MS = 500

interface ArrivalParts extends Pick<QueueContext, 'clock' | 'emit'> {
  /** What stopped a job is over, since its file arrives. */
  readonly wake: () => void
}

/** Told at most twice a second for each job. */
export function createArrivals({ clock, emit, wake }: ArrivalParts): Arrivals {
  const known = new Map<JobId, { readonly arrival: Arrival; readonly toldAt: number }>()
  return {
    note(job, arrival) {
      const now = clock.monotonic()
      const before = known.get(job.id)
      const isSoon = before !== undefined && now - before.toldAt < TELL_EVERY_MS
      known.set(job.id, { arrival, toldAt: isSoon ? before.toldAt : now })
      if (before === undefined && job.error !== null) wake()
      if (isSoon) return
      emit({
        type: 'arriving',
        job: toJobView(job, { reason: jobReason(job, arrival), cost: null }),
      })
    },
    of: (id) => known.get(id)?.arrival ?? null,
    ids: () => [...known.keys()],
    end: (id) => void known.delete(id),
  }
}
