import type { BatchId, JobId } from '../../shared/domain/ids.ts'
import type { InputOf } from '../../shared/ipc/routes.ts'
import { plural } from '../ui/format.ts'
import type { ChangeReport, UndoId } from '../../shared/ipc/reports.ts'
import type { ToastMessage } from '../ui/Toasts.tsx'
import { act, notify, notifyUntil } from './notify.ts'
import { useStore } from './store.ts'

type PauseTarget = InputOf<'queue.pause'>['target']
type JobTarget = InputOf<'queue.cancel'>['target']
export type RetryTarget = InputOf<'queue.retry'>['target']
export type MoveTo = InputOf<'queue.move'>['to']

/** Changes that Ctrl+Z takes back, the latest last. */
const undoable: UndoId[] = []

/** Says what was done, and offers to take it back. */
function tell(message: Omit<ToastMessage, 'action'>, undo: UndoId | null): void {
  const { queueTurned } = useStore.getState()
  queueTurned()
  closeLast()
  if (undo !== null) undoable.push(undo)
  const action = { label: 'Undo', run: () => void undoChange(undo ?? -1) }
  closeLast = notifyUntil(undo === null ? message : { ...message, action })
}

/** Each change says one thing, in the place of the one before: older ones are taken back by keys. */
let closeLast = (): void => {}

/** Takes back the latest change that was not taken back yet. */
export async function undoLast(): Promise<void> {
  const last = undoable.at(-1)
  if (last === undefined) notify({ text: 'There is nothing to undo in the queue.' })
  else await undoChange(last)
}

async function undoChange(undo: UndoId): Promise<void> {
  const at = undoable.lastIndexOf(undo)
  if (at >= 0) undoable.splice(at, 1)
  const answer = await act('Nothing was undone.', 'queue.undo', { undo })
  if (!answer.ok) return
  useStore.getState().queueTurned()
  const { restored, notes } = answer.data
  const done = restored === 0 ? [] : ['Undone.']
  closeLast()
  closeLast = notifyUntil({
    text: [...done, ...notes].join(' '),
    tone: notes.length === 0 ? undefined : 'ask',
  })
}

export async function pauseOrResume(): Promise<void> {
  const isPaused = useStore.getState().tonight?.paused ?? false
  await (isPaused ? resume({ all: true }) : pause({ all: true }))
}

/** What runs is finished; nothing new is started. With `hold` looks and downloads rest too. */
export async function pause(target: PauseTarget, hold = false): Promise<void> {
  const answer = await act('Nothing was paused.', 'queue.pause', { target, hold })
  if (!answer.ok) return
  const all = hold
    ? 'Everything rests. What renders at a provider goes on there and is fetched later.'
    : 'Paused. What runs is finished, nothing new starts.'
  tell({ text: 'all' in target ? all : 'Paused.', tone: 'wait' }, answer.data.undo)
}

export async function resume(target: PauseTarget): Promise<void> {
  const answer = await act('Nothing was resumed.', 'queue.resume', { target })
  if (answer.ok) tell({ text: 'Goes on.', tone: 'run' }, answer.data.undo)
}

export async function cancel(target: JobTarget, unsentOnly = false): Promise<void> {
  const answer = await act('Nothing was cancelled.', 'queue.cancel', { target, unsentOnly })
  if (!answer.ok) return
  const { cancelled, requested, alreadyDone, notes, undo } = answer.data
  const parts = [
    ...(cancelled > 0 ? [`${plural(cancelled, 'job')} cancelled.`] : []),
    ...(requested > 0 ? [`${plural(requested, 'job')} asked to stop; rendering already.`] : []),
    ...(cancelled + requested === 0 && alreadyDone > 0 ? ['All of them had ended already.'] : []),
    ...notes,
  ]
  const text = parts.length === 0 ? 'There was nothing to cancel.' : parts.join(' ')
  tell({ text, tone: 'off' }, undo)
}

/** Jobs that were left out because they may have been charged: the caller asks about them. */
export async function retry(
  target: RetryTarget,
  { despiteDoubt }: { readonly despiteDoubt: boolean } = { despiteDoubt: false },
): Promise<readonly JobId[]> {
  const answer = await act('Nothing was retried.', 'queue.retry', { target, despiteDoubt })
  if (!answer.ok) return []
  const { jobIds, skipped, undo } = answer.data
  const inDoubt = skipped.flatMap((one) => (one.inDoubt ? one.jobId : []))
  // The question about them says so itself.
  if (jobIds.length === 0 && inDoubt.length === skipped.length && inDoubt.length > 0) return inDoubt
  const done =
    jobIds.length === 0 ? 'Nothing to retry.' : `${plural(jobIds.length, 'job')} queued again.`
  const text = `${done}${leftOut(skipped)}`
  tell({ text, tone: jobIds.length === 0 ? 'ask' : 'wait' }, undo)
  return inDoubt
}

type Skipped = ChangeReport['skipped']
const leftOut = (skipped: Skipped): string =>
  skipped.length === 0 ? '' : ` ${plural(skipped.length, 'job')} left out: ${skipped[0]?.why ?? ''}`

function tellChange({ changed, skipped, undo }: ChangeReport, what: string): void {
  const text = changed === 0 ? 'Nothing changed.' : `${plural(changed, 'job')} ${what}.`
  tell({ text: `${text}${leftOut(skipped)}`, tone: changed === 0 ? 'ask' : 'wait' }, undo)
}

/** Jobs that wait change places. */
/** True: they stand there now. */
export async function moveJobs(
  jobs: readonly JobId[],
  to: MoveTo,
  what = 'moved',
): Promise<boolean> {
  const answer = await act('Nothing was moved.', 'queue.move', { jobs: [...jobs], to })
  if (answer.ok) tellChange(answer.data, what)
  return answer.ok
}

export async function setPriority(target: JobTarget, priority: number): Promise<void> {
  const answer = await act('The priority stayed.', 'queue.setPriority', { target, priority })
  if (!answer.ok) return
  const words = PRIORITY_WORDS[priority] ?? 'take their turn'
  if (!('batches' in target)) return tellChange(answer.data, words)
  tell({ text: `The batch: its jobs ${words}.`, tone: 'wait' }, answer.data.undo)
}
const PRIORITY_WORDS: Readonly<Record<number, string>> = {
  1: 'go before all others',
  0: 'take their turn',
  [-1]: 'go after all others',
}

export async function setBreakPoint(jobs: readonly JobId[], isOn: boolean): Promise<void> {
  const call = { jobs: [...jobs], isOn }
  const answer = await act('The break point stayed.', 'queue.setBreakPoint', call)
  if (!answer.ok) return
  const text = isOn ? 'The batch stops there and asks.' : 'The batch goes on.'
  tell({ text, tone: 'wait' }, answer.data.undo)
}

export async function duplicateJobs(jobs: readonly JobId[]): Promise<void> {
  const answer = await act('Nothing was duplicated.', 'queue.duplicate', { jobs: [...jobs] })
  if (answer.ok) tellChange(answer.data, 'queued once more')
}

/** Clears ended jobs from the queue; their takes stay in Review. */
export async function prune(target: JobTarget): Promise<void> {
  const answer = await act('Nothing was cleared away.', 'queue.prune', { target })
  if (answer.ok) tellChange(answer.data, 'cleared away; takes stay in Review')
}

/** False when it was refused; the message says why. */
export async function editJob(input: InputOf<'queue.edit'>): Promise<boolean> {
  const answer = await act('The job was not changed.', 'queue.edit', input)
  if (answer.ok) tellChange(answer.data, 'changed')
  return answer.ok
}

export const cancelJobs = (jobs: readonly JobId[]): Promise<void> => cancel({ jobs: [...jobs] })
export const cancelBatches = (batches: readonly BatchId[]): Promise<void> =>
  cancel({ batches: [...batches] })

export async function resolveJob(input: InputOf<'queue.resolve'>): Promise<void> {
  await act('The job was not settled.', 'queue.resolve', input)
}
