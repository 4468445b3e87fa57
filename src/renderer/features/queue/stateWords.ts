import type { JobStatus, JobView } from '../../../shared/domain/job.ts'
import { assertNever } from '../../../shared/domain/result.ts'
import { formatDuration } from '../../ui/format.ts'
import type { Tone } from '../../ui/StatusMark.tsx'

const TONES: Readonly<Record<JobStatus, Tone>> = {
  queued: 'wait',
  running: 'run',
  waiting: 'wait',
  needsYou: 'ask',
  succeeded: 'done',
  failed: 'fail',
  cancelled: 'off',
}

export const toneOf = (status: JobStatus): Tone => TONES[status]

/** Where a job is and why, in words. The engine's own reason wins: it knows more. */
export function stateWords(job: JobView, now: number): string {
  switch (job.status) {
    case 'queued':
      return job.reason === null ? queuedWords(job) : withWaits(job.reason)
    case 'waiting':
      return job.reason === null ? waitingWords(job, now) : withWaits(job.reason)
    case 'running':
      return job.cancelRequested ? `stopping: ${runningWords(job)}` : runningWords(job)
    case 'needsYou':
      return job.reason ?? 'needs you'
    case 'succeeded':
      return 'done'
    case 'failed':
      return job.error === null ? (job.reason ?? 'failed') : firstSentence(job.error.message)
    case 'cancelled':
      return job.reason ?? 'cancelled'
    default:
      return assertNever(job.status)
  }
}

/** What to do about it follows in the panel; a row has room for what happened. */
const firstSentence = (message: string): string => message.split(/(?<=[.!?]) /)[0] ?? message

const queuedWords = ({ paused }: JobView): string => (paused ? 'paused' : 'waits its turn')

/** `waits: fal lane 4 of 4`; a retry and a pause say themselves what they are. */
const withWaits = (reason: string): string =>
  /^(waits|retry|tries|paused|everything|will)/.test(reason) ? reason : `waits: ${reason}`

function waitingWords({ runAt, paused }: JobView, now: number): string {
  if (paused) return 'paused'
  if (runAt !== null && runAt > now) return `tries again in ${formatDuration(runAt - now)}`
  return 'waits'
}

function runningWords({ step, reason, progress }: JobView): string {
  if (reason !== null) return reason
  switch (step) {
    case 'submit':
      return 'sending'
    case 'poll':
      return progress === null ? 'rendering' : `rendering, ${Math.round(progress * 100)} %`
    case 'download':
      return 'downloading'
    case 'finish':
      return 'making stills'
    default:
      return assertNever(step)
  }
}

/** How long it has been going, or took; null while it has not begun. */
export function elapsedMs(job: JobView, now: number): number | null {
  if (job.startedAt === null) return null
  if (job.finishedAt !== null) return job.finishedAt - job.startedAt
  return job.status === 'running' ? now - job.startedAt : null
}
