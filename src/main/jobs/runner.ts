import { assertNever } from '../../shared/domain/result.ts'
import type { BatchId } from '../../shared/domain/ids.ts'
import type { JobStep } from '../../shared/domain/job.ts'
import type { Rest } from '../../shared/domain/views.ts'
import { advance, isStoreError, persist } from './advance.ts'
import { doubtOpenIntent } from './steps/answer.ts'
import type { BlockedPart, ClaimQuestion } from './claim.ts'
import { claimOrMove } from './fallOver.ts'
import type { Halt, QueueContext } from './context.ts'
import type { JobRow } from './jobRow.ts'
import { transition } from './jobMachine.ts'
import { jobEventView } from './jobView.ts'
import type { JobTx } from './ports.ts'
import { settleDue } from './settle.ts'
import { downloadStep } from './steps/download.ts'
import { finishStep } from './steps/finish.ts'
import { pollStep } from './steps/poll.ts'
import { submitStep } from './steps/submit.ts'
import { waitsForPerson } from './whyWaiting.ts'

/**
 * How many jobs may be in a step at once in this process; lanes limit submit and poll on their own,
 * and of those in finish the media service lets two use ffmpeg: the rest share their commits.
 */
const STEP_LIMITS: Readonly<Record<Exclude<JobStep, 'submit'>, number>> = {
  poll: 64,
  download: 6,
  finish: 16,
}
const CLAIM_LIMIT = 200
/** Timers of Node overflow above 2^31 ms; an hour is often enough to look. */
const LONGEST_SLEEP_MS = 3_600_000
/** Unscaled ms. */
const AFTER_TROUBLE_MS = 5_000

export interface RunnerOptions {
  /** Night windows as they stand now; null when everything may start at once. */
  readonly window: (now: number) => ClaimQuestion['window']
  /** Why nothing may be claimed now (disk, journal), looked at before each claim; null when all is well. */
  readonly halted: () => Promise<Halt | null>
}

/** The loop: one timer, woken by what is due, by finished steps and by `wake`. */
export interface Runner {
  /** Something changed outside: look now. */
  wake(): void
  /** Why jobs waited at the last look. */
  blocked(): readonly BlockedPart[]
  /** What is left, as of the last look. */
  rest(): Rest
  /** Resolves when nothing in scope can go on by itself. */
  settled(batchId?: BatchId): Promise<void>
  /** Stops claiming and resolves when every step has put its job down. */
  stop(): Promise<void>
}

interface State {
  /** Steps under way. Not by job: the next step of a job may begin before the last has let go. */
  /** Steps under way, each with the batch of its job. */
  readonly working: Map<Promise<void>, BatchId>
  readonly waiters: Set<() => void>
  blocked: readonly BlockedPart[]
  rest: Rest
  cancelTimer: () => void
  looking: boolean
  lookAgain: boolean
  settling: Promise<void> | null
  stopped: boolean
}

/** Starts to work at once. */
export function startRunner(ctx: QueueContext, options: RunnerOptions): Runner {
  const state: State = {
    working: new Map(),
    waiters: new Set(),
    blocked: [],
    rest: 'working',
    cancelTimer: () => {},
    looking: false,
    lookAgain: false,
    settling: null,
    stopped: false,
  }
  const wake = (): void => {
    if (state.stopped) return
    state.cancelTimer()
    state.cancelTimer = ctx.clock.after(0, () => void look(ctx, options, { state, wake }))
  }
  wake()
  return {
    wake,
    blocked: () => state.blocked,
    rest: () => state.rest,
    settled: (batchId) => whenSettled(ctx, state, { batchId, wake }),
    stop: async () => {
      state.stopped = true
      state.cancelTimer()
      while (state.working.size > 0 || state.settling !== null || state.looking) {
        await Promise.all([
          ...state.working.keys(),
          state.settling,
          state.looking ? new Promise((resolve) => ctx.clock.after(1, () => resolve(null))) : null,
        ])
      }
    },
  }
}

interface Loop {
  readonly state: State
  readonly wake: () => void
}

async function look(
  ctx: QueueContext,
  options: RunnerOptions,
  { state, wake }: Loop,
): Promise<void> {
  if (state.looking) {
    state.lookAgain = true
    return
  }
  state.looking = true
  try {
    const halted = await options.halted()
    const taken = await takeWork(ctx, { options, halted, state })
    for (const job of taken) work(ctx, job, { state, wake })
    startSettling(ctx, { state, wake })
    noteRest(ctx, state)
    for (const check of state.waiters) check()
    state.looking = false
    if (!state.stopped) sleep(ctx, { state, wake })
  } catch (error) {
    // A database that cannot be read just now must not end the queue: look again soon.
    ctx.log.error(saying(error), 'a look over the queue broke')
    state.looking = false
    if (!state.stopped) state.cancelTimer = ctx.clock.after(ctx.scaled(AFTER_TROUBLE_MS), wake)
  }
  if (!state.lookAgain) return
  state.lookAgain = false
  wake()
}

const saying = (error: unknown) => ({
  error: error instanceof Error ? (error.stack ?? error.message) : String(error),
})

/** One transaction: due steps are leased, new jobs are claimed. */
async function takeWork(
  ctx: QueueContext,
  { options, halted, state }: { options: RunnerOptions; halted: Halt | null; state: State },
): Promise<readonly JobRow[]> {
  if (state.stopped) return []
  const { taken, blocked, events } = await persist(ctx, (tx) => {
    const now = ctx.clock.now()
    const steps = tx.flag('held') === null ? (['poll', 'download', 'finish'] as const) : []
    const due = steps.flatMap((step) => {
      const limit = STEP_LIMITS[step] - tx.leasedCount(step)
      return limit <= 0 ? [] : pick(tx, { jobs: tx.due({ now, step, limit }), run: ctx.run, now })
    })
    const claim = claimOrMove(ctx, {
      tx,
      now,
      window: options.window(now),
      halted,
      limit: CLAIM_LIMIT,
      before: state.blocked,
    })
    return {
      taken: [...due, ...claim.claimed],
      blocked: claim.blocked,
      events: [...claim.moved, ...claim.claimed].map((job) => jobEventView(tx, job).event),
    }
  })
  const isOther = reasonsOf(blocked) !== reasonsOf(state.blocked)
  state.blocked = blocked
  if (isOther) ctx.emit({ type: 'lanes' })
  for (const event of events) ctx.emit(event)
  return taken
}

/** All at once, which is most of what a look writes. */
function pick(
  tx: JobTx,
  {
    jobs,
    run,
    now,
  }: { readonly jobs: readonly JobRow[]; readonly run: number; readonly now: number },
): readonly JobRow[] {
  tx.lease(jobs, run)
  return jobs.map((job) => ({ ...job, ...transition(job, { type: 'picked', run }, now) }))
}

/** What stops which batch where; figures apart, which change with every job. */
const reasonsOf = (blocked: readonly BlockedPart[]): string =>
  blocked.map(({ batchId, provider, why }) => `${batchId} ${provider} ${why}`).join('\n')

function work(ctx: QueueContext, job: JobRow, { state, wake }: Loop): void {
  const done = runStep(ctx, job)
    .catch((error: unknown) => putAside(ctx, job, error))
    .catch((error: unknown) => ctx.log.error(saying(error), 'a job could not be put aside'))
    .finally(() => {
      state.working.delete(done)
      wake()
    })
  state.working.set(done, job.batchId)
}

function runStep(ctx: QueueContext, job: JobRow): Promise<void> {
  switch (job.step) {
    case 'submit':
      return submitStep(ctx, job)
    case 'poll':
      return pollStep(ctx, job)
    case 'download':
      return downloadStep(ctx, job)
    case 'finish':
      return finishStep(ctx, job)
    default:
      return assertNever(job.step)
  }
}

/** A step threw: a bug of ours. Where money may stand open, the job waits for a person with what is known. */
async function putAside(ctx: QueueContext, job: JobRow, error: unknown): Promise<void> {
  ctx.log.error({ jobId: job.id, step: job.step, ...saying(error) }, 'a step broke')
  await advance(ctx, job, (tx, now) => {
    if (now.status !== 'running') return null
    // That this is written shows that it is mended; looks and downloads begin where they were.
    if (isStoreError(error) && now.step !== 'submit') return { type: 'recovered' }
    // The clip lies there whole: it does not fail for want of a poster.
    if (now.step === 'finish') return { type: 'finished' }
    if (now.step === 'submit') doubtOpenIntent(ctx, tx, now)
    return {
      type: 'needsYou',
      note: {
        code: 'internalError',
        message: `A fault in Dailies stopped this job while it was in ${now.step}. Nothing was sent again. Send a report from Settings, then decide.`,
        evidence: [String(error), `operation ${now.operation?.id ?? 'none'}`],
        actions: [now.operation === null ? 'adopt' : 'retryDownload', 'sendAgain', 'giveUp'],
      },
    }
  })
}

/** What is left to do, and what it waits for; told once when it changes. */
function noteRest(ctx: QueueContext, state: State): void {
  const rest = restOf(ctx, state)
  if (rest === state.rest) return
  state.rest = rest
  ctx.emit({ type: 'rest', rest })
}

function restOf(ctx: QueueContext, state: State): Rest {
  const counts = ctx.store.read((tx) => tx.counts(null))
  if (state.working.size > 0 || counts.running > ctx.store.read((tx) => tx.strandedCount(null)))
    return 'working'
  if (counts.queued + counts.waiting === 0) return 'nothing'
  const goesOn = state.blocked.filter((part) => !isStuck(part))
  if (goesOn.some(({ why }) => why !== 'window')) return 'working'
  return goesOn.length > 0 ? 'window' : 'person'
}

/** A window that never opens waits for a person, too. */
const isStuck = ({ why, until }: BlockedPart): boolean =>
  waitsForPerson(why) || (why === 'window' && until === null)

function startSettling(ctx: QueueContext, { state, wake }: Loop): void {
  if (state.settling !== null || state.stopped) return
  const due = ctx.store.read((tx) => tx.dueIntents(ctx.clock.now()).length)
  if (due === 0) return
  state.settling = settleDue(ctx)
    .catch((error: unknown) =>
      ctx.log.error({ error: String(error) }, 'settling a lost answer broke'),
    )
    .finally(() => {
      state.settling = null
      wake()
    })
}

function sleep(ctx: QueueContext, { state, wake }: Loop): void {
  const now = ctx.clock.now()
  const dueAt = ctx.store.read((tx) => (tx.flag('held') === null ? tx.nextDueAt(now) : null))
  const untils = state.blocked.flatMap(({ until }) => (until === null ? [] : [until]))
  const halted = state.blocked.some(({ why }) => why === 'halted') ? [now + ctx.scaled(5_000)] : []
  const next = Math.min(
    ...(dueAt === null ? [] : [dueAt]),
    ...untils,
    ...halted,
    now + LONGEST_SLEEP_MS,
  )
  // Due work that a limit holds back is looked at when a step ends, not in a loop.
  const wait = next <= now && state.working.size > 0 ? LONGEST_SLEEP_MS : Math.max(1, next - now)
  state.cancelTimer()
  state.cancelTimer = ctx.clock.after(wait, wake)
}

function whenSettled(
  ctx: QueueContext,
  state: State,
  { batchId, wake }: { batchId: BatchId | undefined; wake: () => void },
): Promise<void> {
  return new Promise((resolve) => {
    const check = (): void => {
      if (!isSettled(ctx, state, batchId)) return
      state.waiters.delete(check)
      resolve()
    }
    state.waiters.add(check)
    wake()
  })
}

function isSettled(ctx: QueueContext, state: State, batchId: BatchId | undefined): boolean {
  const counts = ctx.store.read((tx) => tx.counts(batchId ?? null))
  const isHeld = ctx.store.read((tx) => tx.flag('held') !== null)
  // What a step under way has just written was not seen by the look that says what is stuck.
  const works = [...state.working.values()].some((id) => batchId === undefined || id === batchId)
  if (works || (!isHeld && canGoOn(ctx, counts.running, batchId))) return false
  if (counts.queued + counts.waiting === 0) return true
  const parts = state.blocked.filter((part) => batchId === undefined || part.batchId === batchId)
  // Jobs of a provider that is not here have no part: they wait for a person too.
  return parts.every(isStuck)
}

/** Some of what runs can be looked at without a person. */
const canGoOn = (ctx: QueueContext, running: number, batchId: BatchId | undefined): boolean =>
  running > ctx.store.read((tx) => tx.strandedCount(batchId ?? null))
