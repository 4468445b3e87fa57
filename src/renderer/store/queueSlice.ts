import type { StateCreator } from 'zustand'

import { NO_ASKS, type Asks } from '../../shared/domain/asks.ts'
import type { BatchView } from '../../shared/domain/batch.ts'
import type { BatchId } from '../../shared/domain/ids.ts'
import type { Needs } from '../../shared/domain/job.ts'
import type { LaneView, TonightView } from '../../shared/domain/views.ts'
import type { Patches } from '../../shared/ipc/events.ts'
import { ask } from '../ipc/client.ts'
import { plural } from '../ui/format.ts'
import { notify } from './notify.ts'
import type { Store } from './store.ts'

export const QUEUE_SHOWN = ['all', 'running', 'waiting', 'needsYou', 'failed', 'done'] as const
/** Which jobs the queue shows. */
export type QueueShown = (typeof QUEUE_SHOWN)[number]

/** Which part of the queue is shown; empty: all of it. */
export interface QueueOf {
  readonly batchId?: BatchId | undefined
  readonly project?: string | undefined
  readonly provider?: string | undefined
  readonly model?: string | undefined
}

export interface QueueSlice {
  readonly tonight: TonightView | null
  readonly batches: Readonly<Record<BatchId, BatchView>>
  /** Latest first; null until they were read. */
  readonly batchOrder: readonly BatchId[] | null
  readonly lanes: readonly LaneView[]
  readonly needs: Needs
  readonly asks: Asks
  readonly queueShown: QueueShown
  readonly queueText: string
  readonly queueOf: QueueOf
  /** Counts the changes made here: the list reads anew at once. */
  readonly queueTurn: number
  /** Unfolded or folded by hand; a batch that is not named is open while it has work left. */
  readonly folded: Readonly<Record<BatchId, boolean>>

  readonly tonightArrived: (tonight: TonightView) => void
  readonly batchesArrived: (patches: Patches<BatchView>) => void
  readonly lanesArrived: (lanes: readonly LaneView[]) => void
  readonly needsArrived: (needs: Needs) => void
  readonly asksArrived: (asks: Asks) => void
  readonly readBatches: () => Promise<void>
  readonly batchEnded: (batch: BatchView) => void
  /** Goes to the queue and shows these. */
  readonly showQueue: (shown: QueueShown) => void
  readonly filterQueue: (filter: { shown?: QueueShown; text?: string; of?: QueueOf }) => void
  readonly queueTurned: () => void
  readonly fold: (batchId: BatchId, isFolded: boolean) => void
}

/** Ids are ULIDs: their order is that of admission. */
function inOrder(batches: Readonly<Record<BatchId, BatchView>>): readonly BatchId[] {
  return Object.values(batches)
    .map((batch) => batch.id)
    .toSorted((a, b) => (a < b ? 1 : -1))
}

function merged(
  known: Readonly<Record<BatchId, BatchView>>,
  rows: readonly BatchView[],
): Readonly<Record<BatchId, BatchView>> {
  const next = { ...known }
  for (const row of rows) {
    const old = next[row.id]
    if (old === undefined || old.revision <= row.revision) next[row.id] = row
  }
  return next
}

export const createQueueSlice: StateCreator<Store, [], [], QueueSlice> = (set, get) => ({
  tonight: null,
  batches: {},
  batchOrder: null,
  lanes: [],
  needs: { count: 0, rows: [] },
  asks: NO_ASKS,
  queueShown: 'all',
  queueText: '',
  queueOf: {},
  queueTurn: 0,
  folded: {},

  tonightArrived: (tonight) => set({ tonight }),
  batchesArrived: (patches) => {
    const known = get().batches
    const batches = merged(known, patches.rows)
    const isNew = patches.rows.some((row) => known[row.id] === undefined)
    for (const batch of patches.rows) {
      if (known[batch.id]?.finishedAt === null && batch.finishedAt !== null) get().batchEnded(batch)
    }
    set(isNew ? { batches, batchOrder: inOrder(batches) } : { batches })
    if (patches.more) void get().readBatches()
  },
  lanesArrived: (lanes) => set({ lanes }),
  needsArrived: (needs) => set({ needs }),
  asksArrived: (asks) => set({ asks }),
  readBatches: async () => {
    const answer = await ask('queue.batches', { unfinishedOnly: false })
    if (!answer.ok) return
    const batches = merged(get().batches, answer.data)
    set({ batches, batchOrder: inOrder(batches) })
  },
  batchEnded: (batch) => announceEnd(batch, get()),

  showQueue: (queueShown) => set({ screen: 'queue', queueShown, queueText: '', queueOf: {} }),
  filterQueue: ({ shown, text, of }) =>
    set({
      queueShown: shown ?? get().queueShown,
      queueText: text ?? get().queueText,
      queueOf: of ?? get().queueOf,
    }),
  queueTurned: () => set({ queueTurn: get().queueTurn + 1 }),
  fold: (batchId, isFolded) => set({ folded: { ...get().folded, [batchId]: isFolded } }),
})

/** How many questions stand open: jobs, lanes, models, caps, and what stops everything. */
export const questionsIn = ({ needs, asks, tonight }: QueueSlice): number =>
  needs.count + asks.holds.length + asks.stops.length + ((tonight?.halted ?? null) === null ? 0 : 1)
function announceEnd(batch: BatchView, { say, reviewBatch }: Store): void {
  const { succeeded, failed } = batch.counts
  const bad = failed === 0 ? '' : ` ${plural(failed, 'job')} failed.`
  const text = `“${batch.name}” is done: ${plural(succeeded, 'take')}.${bad}`
  say(text)
  notify({
    text,
    tone: failed === 0 ? 'done' : 'fail',
    ...(succeeded === 0 ? {} : { action: { label: 'Review', run: () => reviewBatch(batch.id) } }),
  })
}
