import type { BatchId, JobId } from '../../shared/domain/ids.ts'
import type { InputOf } from '../../shared/ipc/routes.ts'
import { plural } from '../ui/format.ts'
import { act, notify } from './notify.ts'
import { useStore } from './store.ts'

type PauseTarget = InputOf<'queue.pause'>['target']
type JobTarget = InputOf<'queue.cancel'>['target']

export async function pauseOrResume(): Promise<void> {
  const isPaused = useStore.getState().tonight?.paused ?? false
  await (isPaused ? resume({ all: true }) : pause({ all: true }))
}

/** What runs is finished; nothing new is started. */
export async function pause(target: PauseTarget): Promise<void> {
  const answer = await act('Nothing was paused.', 'queue.pause', { target })
  if (!answer.ok) return
  const isAll = 'all' in target
  notify({
    text: isAll ? 'Paused. What runs is finished, nothing new starts.' : 'Paused.',
    tone: 'wait',
    action: { label: 'Resume', run: () => void resume(target) },
  })
}

export async function resume(target: PauseTarget): Promise<void> {
  await act('Nothing was resumed.', 'queue.resume', { target })
}

export async function cancel(target: JobTarget): Promise<void> {
  const answer = await act('Nothing was cancelled.', 'queue.cancel', { target })
  if (!answer.ok) return
  const { cancelled, requested, alreadyDone, notes } = answer.data
  const parts = [
    ...(cancelled > 0 ? [`${plural(cancelled, 'job')} cancelled.`] : []),
    ...(requested > 0 ? [`${plural(requested, 'job')} asked to stop; rendering already.`] : []),
    ...(cancelled + requested === 0 && alreadyDone > 0 ? ['All of them had ended already.'] : []),
    ...notes,
  ]
  notify({
    text: parts.length === 0 ? 'There was nothing to cancel.' : parts.join(' '),
    tone: 'off',
  })
}

export async function retry(target: JobTarget): Promise<void> {
  const answer = await act('Nothing was retried.', 'queue.retry', { target })
  if (!answer.ok) return
  const { jobIds, skipped } = answer.data
  const why = skipped[0]?.why
  const left =
    skipped.length === 0 ? '' : ` ${plural(skipped.length, 'job')} left out: ${why ?? ''}`
  const done =
    jobIds.length === 0 ? 'Nothing to retry.' : `${plural(jobIds.length, 'job')} queued again.`
  notify({ text: `${done}${left}`, tone: jobIds.length === 0 ? 'ask' : 'wait' })
}

export const cancelJobs = (jobs: readonly JobId[]): Promise<void> => cancel({ jobs: [...jobs] })
export const retryJobs = (jobs: readonly JobId[]): Promise<void> => retry({ jobs: [...jobs] })
export const cancelBatch = (batchId: BatchId): Promise<void> => cancel({ batches: [batchId] })
export const retryBatch = (batchId: BatchId): Promise<void> => retry({ batches: [batchId] })

export async function resolveJob(input: InputOf<'queue.resolve'>): Promise<void> {
  await act('The job was not settled.', 'queue.resolve', input)
}
