import type { BatchView } from '../../../shared/domain/batch.ts'
import type { JobId } from '../../../shared/domain/ids.ts'
import type { JobView } from '../../../shared/domain/job.ts'
import type { CommandId } from '../../../shared/ipc/commands.ts'
import { useCommands } from '../../commands/useCommands.ts'
import type { CommandHandler } from '../../commands/registry.ts'
import { useBlocked } from '../../hooks/useBlocked.ts'
import {
  duplicateJobs,
  pause,
  prune,
  resume,
  setBreakPoint,
  setPriority,
  undoLast,
} from '../../store/queueActions.ts'
import { useStore } from '../../store/store.ts'
import type { Reason } from '../../ui/Button.tsx'
import { useChosen } from './chosen.ts'
import { chosenRows, moveBy, moveAway } from './moving.ts'
import { useQuestions, type QueueQuestion } from './questions.ts'
import { retryAsking } from './retryAsking.ts'
import type { Queue } from './useQueue.ts'
import { chooseAll } from './useQueueKeys.ts'
import { isWaiting } from './stateWords.ts'

/** What a command works on: jobs, or the batch whose head has the focus. */
interface Chosen {
  readonly jobs: readonly JobId[]
  readonly rows: readonly JobView[]
  readonly batch: BatchView | undefined
}

const NOTHING: readonly Reason[] = [{ text: 'Choose a job or a batch first.' }]
const NO_JOB: readonly Reason[] = [{ text: 'Choose a job first.' }]

/** Everything that can be done with the queue, for keys, palette, menus and the context menu. */
export function useQueueCommands(queue: Queue): void {
  const blocked = useBlocked()
  const chosen = (): Chosen => {
    const { jobs, batchId } = useChosen.getState()
    const batch = batchId === null ? undefined : useStore.getState().batches[batchId]
    return { jobs: [...jobs], rows: chosenRows(queue), batch }
  }
  const onAny = (run: (of: Chosen) => void): CommandHandler => ({
    run: () => run(chosen()),
    why: () => {
      const { jobs, batch } = chosen()
      if (blocked.length > 0) return blocked
      return jobs.length === 0 && batch === undefined ? NOTHING : []
    },
  })
  const onJobs = (run: (of: Chosen) => void): CommandHandler => ({
    run: () => run(chosen()),
    why: () => (blocked.length > 0 ? blocked : chosen().jobs.length === 0 ? NO_JOB : []),
  })
  const always = (run: () => void): CommandHandler => ({ run, why: () => blocked })
  useCommands({
    ...orderHandlers(queue, onAny, onJobs),
    ...otherHandlers({ onAny, onJobs, always, chosen }),
  })
}

function togglePause({ jobs, rows, batch }: Chosen): void {
  const target = batch === undefined ? { jobs: [...jobs] } : { batches: [batch.id] }
  const isPaused = batch === undefined ? rows.every((job) => job.paused) : batch.paused
  void (isPaused ? resume(target) : pause(target))
}

/** One step up or down, no further than the ends. */
function changePriority({ jobs, rows, batch }: Chosen, by: 1 | -1): void {
  const now = batch === undefined ? (rows.find(isWaiting)?.priority ?? 0) : batch.priority
  const next = Math.max(-1, Math.min(1, now + by))
  void setPriority(batch === undefined ? { jobs: [...jobs] } : { batches: [batch.id] }, next)
}

type On = (run: (of: Chosen) => void) => CommandHandler
type Handled = Partial<Record<CommandId, CommandHandler>>

const ask = (question: QueueQuestion): void => useQuestions.getState().ask(question)

const orderHandlers = (queue: Queue, onAny: On, onJobs: On): Handled => ({
  'queue.selectAll': { run: () => chooseAll(queue) },
  'queue.moveUp': onJobs(() => moveBy(queue, -1)),
  'queue.moveDown': onJobs(() => moveBy(queue, 1)),
  'queue.moveTop': onJobs(({ jobs }) => void moveAway(jobs, { place: 'top' })),
  'queue.moveBottom': onJobs(({ jobs }) => void moveAway(jobs, { place: 'bottom' })),
  'queue.movePlace': onJobs(({ jobs }) => ask({ kind: 'place', jobs })),
  'queue.raise': onAny((of) => changePriority(of, 1)),
  'queue.lower': onAny((of) => changePriority(of, -1)),
})

interface Wraps {
  readonly onAny: On
  readonly onJobs: On
  readonly always: (run: () => void) => CommandHandler
  readonly chosen: () => Chosen
}

const otherHandlers = ({ onAny, onJobs, always, chosen }: Wraps): Handled => ({
  'edit.undo': always(() => void undoLast()),
  'queue.cancel': onAny(({ jobs, batch }) =>
    ask(
      batch === undefined
        ? { kind: 'cancelJobs', jobs }
        : { kind: 'cancelBatches', batches: [batch] },
    ),
  ),
  'queue.cancelUnsent': always(() => ask({ kind: 'cancelUnsent' })),
  'queue.retry': onAny(
    ({ jobs, batch }) =>
      void retryAsking(batch === undefined ? { jobs: [...jobs] } : { batches: [batch.id] }),
  ),
  'queue.pauseChosen': onAny(togglePause),
  'queue.breakPoint': onJobs(({ jobs, rows }) => {
    const isOn = rows.some((job) => job.breakPoint)
    void setBreakPoint(isOn ? jobs : jobs.slice(0, 1), !isOn)
  }),
  'queue.edit': onJobs(({ jobs: [first] }) => {
    if (first !== undefined) ask({ kind: 'edit', jobId: first })
  }),
  'queue.duplicate': onJobs(({ jobs }) => void duplicateJobs(jobs)),
  'queue.prune': always(() => {
    const { batch } = chosen()
    void prune(batch === undefined ? { all: true } : { batches: [batch.id] })
  }),
})
