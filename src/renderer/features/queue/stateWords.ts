import type { BatchView } from '../../../shared/domain/batch.ts'
import type { JobStatus, JobView } from '../../../shared/domain/job.ts'
import type { Money } from '../../../shared/domain/money.ts'
import { assertNever } from '../../../shared/domain/result.ts'
import { formatClock, formatDuration, formatMinute } from '../../ui/format.ts'
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

/** Nothing of it is at a provider, and it has not ended. */
export const isWaiting = ({ status }: JobView): boolean =>
  status === 'queued' || status === 'waiting'

/** What a try before cost is history; the next one is still an estimate. */
export const amountOf = (job: JobView): Money | null =>
  isWaiting(job) ? job.estimate : (job.cost ?? job.estimate)

/** Where a job is and why, in words. The engine's own reason wins: it knows more. What to do about it stands in the panel. */
export function stateWords(job: JobView, now: number): string {
  switch (job.status) {
    case 'queued':
    case 'waiting':
      return waitingWords(job, now)
    case 'running':
      return job.cancelRequested
        ? `stopping: ${runningWords(job, now)}`
        : `${runningWords(job, now)}${restWords(job, now)}`
    case 'needsYou':
      return firstSentence(job.reason ?? 'needs you')
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

/** `waits: fal lane 4 of 4`; a retry, a pause and a stop say themselves what they are. */
const withWaits = (reason: string): string =>
  /^(waits|retry|tries|paused|everything|will|stops|its batch)/.test(reason)
    ? reason
    : `waits: ${reason}`

/** Within this a countdown tells more than the clock. */
const SOON_MS = 90 * 60_000
/** It goes on before a countdown of it could be read. */
const SHORTEST_MS = 3_000
const DAY_MS = 24 * 3_600_000

/** Why it waits, and when it goes on where that is known: `retry 2 of 5 in 40 s: provider overloaded`. */
function waitingWords({ reason, paused, waitsUntil, breakPoint }: JobView, now: number): string {
  if (paused) return 'paused by you'
  const words = reason ?? 'its turn'
  const stop = breakPoint && !words.startsWith('stops') ? ' · stops here and asks' : ''
  return `${untilWords({ words, until: waitsUntil }, now)}${stop}`
}

/** `waits: fal lane 4 of 4`, `waits 38 s: Replicate has too many requests`: when comes first, it is never cut off. */
export function untilWords(
  { words: reason, until }: NonNullable<BatchView['waits']>,
  now: number,
): string {
  const words = withWaits(reason)
  // A window says itself by the clock when it opens.
  if (until === null || until - now < SHORTEST_MS || /\d\d:\d\d$/.test(words)) return words
  const isSoon = until - now < SOON_MS
  const clock = until - now < DAY_MS ? formatClock(until) : formatMinute(until, now)
  const when = isSoon ? `in ${formatDuration(until - now)}` : `at ${clock}`
  const retry = /^(retry \d+ of \d+)(.*)$/s.exec(words)
  if (retry !== null) return `${retry[1]} ${when}${retry[2]}`
  const length = isSoon ? formatDuration(until - now) : `until ${clock}`
  return words.startsWith('waits: ')
    ? `waits ${length}: ${words.slice('waits: '.length).replace(/\.$/, '')}`
    : `${words.replace(/\.$/, '')} ${when}`
}

/** Why the next of its jobs waits: of a batch that runs, why the rest does. */
export function batchWaits(
  { waits, counts }: Pick<BatchView, 'waits' | 'counts'>,
  now: number,
): string | null {
  if (waits === null) return null
  const words = withoutFigures(untilWords(waits, now))
  if (counts.running === 0) return words
  if (waits.words === 'its turn') return null
  return words.startsWith('waits') ? `the rest ${words}` : `the rest: ${words}`
}

function runningWords({ step, reason, progress, waitsUntil }: JobView, now: number): string {
  if (reason !== null) return againWords(reason, waitsUntil, now)
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

/** `download again in 12 s: its server answers HTTP 503`, `answer lost: asks the provider in 21 s`. */
function againWords(reason: string, until: number | null, now: number): string {
  const again = /^(download again|looks again|answer lost: asks the provider)(: .*)?$/s.exec(reason)
  if (again === null || until === null || until <= now) return reason
  return `${again[1]} in ${formatDuration(until - now)}${again[2] ?? ''}`
}

/** `, about 40 s`: by what renders of its route took lately; nothing once it takes longer. */
function restWords({ step, reason, expectedFinishAt }: JobView, now: number): string {
  const isRendering = step === 'poll' && (reason ?? 'rendering').startsWith('rendering')
  if (!isRendering || expectedFinishAt === null || expectedFinishAt - now < 1_000) return ''
  return `, about ${formatDuration(expectedFinishAt - now)}`
}

/** How long it has been going, or took; null while it has not begun. */
export function elapsedMs(job: JobView, now: number): number | null {
  if (job.startedAt === null) return null
  if (job.finishedAt !== null) return job.finishedAt - job.startedAt
  return job.status === 'running' ? now - job.startedAt : null
}

/** The figures of a cap and the moment of a lost answer are in their cards; a row has room for what it is. */
export const withoutFigures = (words: string): string =>
  words.replace(/( cap \S+ reached): .*$/, '$1').replace(/ at \d{4}-\S+Z\.( .*)?$/s, '')
