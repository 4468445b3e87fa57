import { assertNever } from '../../shared/domain/result.ts'
import type { BatchId } from '../../shared/domain/ids.ts'
import type { BatchView } from '../../shared/domain/batch.ts'
import type { JobView } from '../../shared/domain/job.ts'
import type { TakeView } from '../../shared/domain/take.ts'
import { PATCH_ROWS, type Patches } from '../../shared/ipc/events.ts'
import type { Engine, EngineEvent, Queries } from '../engine.ts'
import { readNeeds } from './readNeeds.ts'
import { createPatchBuffer, type Publisher } from './publish.ts'

/** Tells the page what happens in the engine, in the page's own portions. Returns its unsubscribe. */
export function publishEngine(engine: Engine, publisher: Publisher): () => void {
  const jobs = createPatchBuffer<JobView>()
  const takes = createPatchBuffer<TakeView>()
  const { queries } = engine
  const tonight = (): void => publisher.mayHaveChanged('tonight.changed', () => queries.tonight())
  const batch = batchTeller(queries, publisher)
  const needsYou = (): void =>
    publisher.mayHaveChanged('needsYou.changed', () => readNeeds(queries))
  const lanes = (): void => publisher.mayHaveChanged('lanes.changed', () => queries.lanes())
  const asks = (): void => publisher.mayHaveChanged('asks.changed', () => queries.asks())
  const arriving = (job: JobView): void => {
    jobs.add(job)
    publisher.changed('jobs.changed', () => jobs.take())
  }
  const hear = (event: EngineEvent): void => {
    if (event.type === 'arriving') return arriving(event.job)
    asks()
    switch (event.type) {
      case 'job':
        jobs.add(event.job)
        publisher.changed('jobs.changed', () => jobs.take())
        batch.changed(event.job.batchId)
        lanes()
        tonight()
        // A job that was settled leaves the list without an event of its own.
        return needsYou()
      case 'take':
        takes.add(event.take)
        return publisher.changed('takes.changed', () => takes.take())
      case 'needsYou':
        return needsYou()
      case 'batch':
        batch.changed(event.batchId)
        return tonight()
      case 'lanes':
        lanes()
        batch.waiting()
        return tonight()
      case 'halted':
      case 'resumed':
      case 'window':
        batch.waiting()
        return tonight()
      case 'rest':
        return tonight()
      default:
        return assertNever(event)
    }
  }
  return engine.subscribe(hear)
}

interface BatchTeller {
  changed(id: BatchId): void
  /** Their jobs have not changed; why they wait has. */
  waiting(): void
}

function batchTeller(queries: Queries, publisher: Publisher): BatchTeller {
  const named = new Set<BatchId>()
  let isAll = false
  const tell = (): void =>
    publisher.changed('batches.changed', () => {
      const open = isAll ? queries.batches({ unfinishedOnly: true }) : []
      isAll = false
      return readBatches(queries, named, open)
    })
  return {
    changed(id) {
      named.add(id)
      tell()
    },
    waiting() {
      isAll = true
      tell()
    },
  }
}

/** With those in `open`, which were read at once: one by one, each looks at all the work that is left. */
function readBatches(
  queries: Queries,
  changed: Set<BatchId>,
  open: readonly BatchView[],
): Patches<BatchView> {
  const known = new Map(open.map((batch) => [batch.id, batch]))
  const ids = [...new Set([...changed, ...known.keys()])]
  const told = ids.slice(0, PATCH_ROWS)
  changed.clear()
  return {
    rows: told.flatMap((id) => known.get(id) ?? queries.batch(id) ?? []),
    more: told.length < ids.length,
  }
}
