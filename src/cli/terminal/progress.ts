import { BarProgress } from './progressBars.ts'
import { jobPlace, oneLine } from './words.ts'
import type { JobStatus, JobView } from '../../shared/domain/job.ts'
import type { Output } from './output.ts'
import type { TakeView } from '../../shared/domain/take.ts'

/** Shows how work goes on, for people. */
export interface Progress {
  job(job: JobView): void
  take(take: TakeView): void
  /** Leaves the terminal as it was. */
  stop(): void
}

export interface ProgressOptions {
  readonly output: Output
  readonly stderr: NodeJS.WriteStream
  /** Jobs in all; 0 when that is not known. */
  readonly total: number
}

/** Bars on a terminal, plain lines elsewhere, nothing where nobody would read it. */
export function showProgress(options: ProgressOptions): Progress {
  const { output, stderr } = options
  if (output.isQuiet) return NO_PROGRESS
  if (stderr.isTTY) return new BarProgress(options)
  return output.isJson ? NO_PROGRESS : lineProgress(output)
}

const NO_PROGRESS: Progress = {
  job: () => undefined,
  take: () => undefined,
  stop: () => undefined,
}

const PROMPT_WIDTH = 60

/** A line when a job starts, waits, ends or needs a person; and one for each take. */
function lineProgress(output: Output): Progress {
  const seen = new Map<string, string>()
  return {
    job: (job) => {
      const line = lineOf(job)
      if (line === undefined || seen.get(job.id) === line) return
      seen.set(job.id, line)
      output.line(`${clock()} ${jobPlace(job.row, job.take)} ${line}`)
    },
    take: (take) =>
      output.line(`${clock()} ${jobPlace(take.row, take.take)} delivered ${take.path}`),
    stop: () => undefined,
  }
}

const STARTED: readonly JobStatus[] = ['running']

function lineOf(job: JobView): string | undefined {
  const { status, reason, error } = job
  if (STARTED.includes(status)) {
    return job.step === 'submit' || job.step === 'poll'
      ? `started on ${job.provider}: ${oneLine(job.prompt, PROMPT_WIDTH)}`
      : undefined
  }
  if (status === 'waiting' || status === 'needsYou')
    return `${WORDS[status]}: ${reason ?? error?.message ?? ''}`
  if (status === 'failed') return `failed: ${error?.message ?? 'no reason is known'}`
  return status === 'cancelled' ? 'cancelled' : undefined
}

const WORDS = { waiting: 'waits', needsYou: 'needs you' } as const

const clock = (): string => new Date().toTimeString().slice(0, 8)
