import { exitCodeOf, type ExitCode } from './exitCode.ts'
import { jobEvent, needsYouEvent, summaryEvent, takeEvent, type Summary } from './events.ts'
import { showProgress, type Progress } from './terminal/progress.ts'
import { holdTeller } from './holds.ts'
import { tellWaiting } from './waiting.ts'
import { tellNeedsYou, tellSummary } from './workReport.ts'
import type { BatchId } from '../shared/domain/ids.ts'
import type { CommandContext } from './context.ts'
import type { Engine, EngineEvent } from '../main/engine.ts'
import type { Interrupts } from './interrupts.ts'
import type { JobView } from '../shared/domain/job.ts'
import type { NightWindow } from '../shared/schedule/nightWindow.ts'

export interface Work {
  readonly context: CommandContext
  readonly engine: Engine
  readonly interrupts: Interrupts
  /** What is waited for; undefined is everything in the data folder. */
  readonly batchId?: BatchId | undefined
  /** Jobs ahead, for the bar. */
  readonly total: number
  readonly obeyWindows: boolean
  /** What is left, once nothing goes on by itself; `touched` are the jobs that changed meanwhile. */
  summarise(touched: ReadonlyMap<string, JobView>): Omit<Summary, 'wallMs'>
  /** When nothing interrupted the work. */
  afterwards(touched: ReadonlyMap<string, JobView>): Promise<void>
}

/**
 * Works until every job in scope is terminal or waits for a person or a cap, and tells how it goes.
 * Ends the engine. The last line of `--json` is the summary.
 */
export async function work(options: Work): Promise<ExitCode> {
  const { context, engine, interrupts, batchId } = options
  const { output, stderr } = context
  const startedAt = performance.now()
  const progress = showProgress({ output, stderr, total: options.total })
  const touched = new Map<string, JobView>()
  const tellHolds = holdTeller(output, engine.queries)
  const unsubscribe = engine.subscribe((event) =>
    tell(event, { context, progress, touched, tellHolds, engine, batchId }),
  )
  if (!interrupts.signal.aborted) {
    engine.start({ obeyWindows: options.obeyWindows })
    await Promise.race([engine.settled({ batchId }), interrupts.first])
  }
  const wallMs = Math.round(performance.now() - startedAt)
  const isInterrupted = interrupts.signal.aborted
  if (isInterrupted) output.note('Stopping: what was sent gets its answer. Once more leaves now.')
  else await options.afterwards(touched)
  // After the stop nothing can be asked; what the last answers change is told by their own events.
  // Every job that needs a person now, of whatever batch: it may hold up a lane of this one.
  const needs = engine.queries.needsYou()
  const before = options.summarise(touched)
  const { paused: isPaused, halted } = engine.queries.tonight()
  const isUnseen = halted?.code === 'mergePending'
  if (!isInterrupted) tellWaiting(output, engine.queries, { batchId, isEnd: true })
  await engine.stop()
  unsubscribe()
  progress.stop()
  for (const one of needs) output.event(needsYouEvent(one))
  tellNeedsYou(output, needs)
  const summary = { ...before, wallMs }
  output.event(summaryEvent(summary))
  tellSummary(context, summary, { isInterrupted, isPaused, isUnseen })
  return exitCodeOf({ ...summary, isInterrupted, isUnseen })
}

interface Listener extends Pick<Work, 'engine' | 'batchId'> {
  readonly context: CommandContext
  readonly progress: Progress
  readonly touched: Map<string, JobView>
  readonly tellHolds: () => void
}

function tell(event: EngineEvent, listener: Listener): void {
  const { context, progress, touched, tellHolds } = listener
  const { output } = context
  switch (event.type) {
    case 'job':
      // A look at the provider that found nothing new is no change.
      if (isSame(touched.get(event.job.id), event.job)) return
      touched.set(event.job.id, event.job)
      output.event(jobEvent(event.job))
      progress.job(event.job)
      return
    case 'take':
      output.event(takeEvent(event.take))
      progress.take(event.take)
      return
    case 'halted':
      output.error(`${output.paint('yellow', 'Paused:')} ${event.message}`)
      return
    case 'resumed':
      output.note('Goes on.')
      return
    case 'lanes':
      tellHolds()
      break
    case 'arriving':
    case 'needsYou':
    case 'batch':
      break
    case 'window':
      output.note(WINDOW_WORDS[event.kind])
      break
    case 'rest':
      if (event.rest === 'window')
        tellWaiting(output, listener.engine.queries, { batchId: listener.batchId })
  }
}

const WINDOW_WORDS = {
  always: 'No night windows are set.',
  open: 'The night window is open.',
  closing: 'The night window sends nothing more.',
  closed: 'The night window is closed.',
} as const satisfies Record<NightWindow['kind'], string>

const isSame = (before: JobView | undefined, job: JobView): boolean =>
  before !== undefined && JSON.stringify(jobEvent(before)) === JSON.stringify(jobEvent(job))
