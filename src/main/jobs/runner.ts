import { assertNever } from '../../shared/domain/result.ts'
import type { BatchId } from '../../shared/domain/ids.ts'
import type { JobStep } from '../../shared/domain/job.ts'
import type { Rest } from '../../shared/domain/views.ts'
import { persist } from './advance.ts'
import type { BlockedPart, ClaimQuestion } from './claim.ts'
import { claimOrMove } from './fallOver.ts'
import type { Halt, QueueContext } from './context.ts'
import type { JobRow } from './jobRow.ts'
import { transition } from './jobMachine.ts'
import { jobEventView } from './jobView.ts'
import type { JobTx } from './ports.ts'
import { settleDue } from './settle.ts'
import { putAside, saying } from './putAside.ts'
import { createStepRooms, ROOMY_STEPS, type StepRooms } from './stepRooms.ts'
import { downloadStep } from './steps/download.ts'
import { finishStep } from './steps/finish.ts'
import { pollStep } from './steps/poll.ts'
import { submitStep } from './steps/submit.ts'
import { waitsForPerson } from './whyWaiting.ts'

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
  /** Work under way, each with the batch of its job. Not by job: its next step may begin before the last has let go. */
  readonly working: Map<Promise<void>, BatchId>
  readonly rooms: StepRooms
  readonly waiters: Set<() => void>
  blocked: readonly BlockedPart[]
  rest: Rest
  cancelTimer: () => void
  /** Something has changed that no look has seen. */
  isStale: boolean
  /** What stops whole batches may be another now: a full lane is no reason not to look. */
  isNews: boolean
  looking: boolean
  settling: Promise<void> | null
  stopped: boolean
}

/** Starts to work at once. */
export function startRunner(ctx: QueueContext, options: RunnerOptions): Runner {
  const state: State = {
    working: new Map(),
    rooms: createStepRooms(),
    waiters: new Set(),
    blocked: [],
    rest: 'working',
    cancelTimer: () => {},
    isStale: true,
    isNews: false,
    looking: false,
    settling: null,
    stopped: false,
  }
  const wake = (): void => {
    if (state.stopped) return
    state.isStale = true
    state.cancelTimer()
    state.cancelTimer = ctx.clock.after(0, () => void look(ctx, options, { state, wake }))
  }
  wake()
  return {
    wake: () => {
      state.isNews = true
      wake()
    },
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
  // What this one has not seen it looks at once more.
  if (state.looking) return
  state.looking = true
  state.isStale = false
  try {
    const halted = await options.halted()
    const taken = await takeWork(ctx, { options, halted, state })
    for (const job of taken) work(ctx, job, { state, wake })
    startSettling(ctx, { state, wake })
    noteRest(ctx, state)
    for (const check of state.waiters) check()
    state.looking = false
    if (state.stopped) return
    // The timer of a wake that came meanwhile is not one to sleep over.
    if (state.isStale) wake()
    else sleep(ctx, { state, wake })
  } catch (error) {
    // A database that cannot be read just now must not end the queue: look again soon.
    ctx.log.error(saying(error), 'a look over the queue broke')
    state.isNews = true
    state.looking = false
    if (!state.stopped) state.cancelTimer = ctx.clock.after(ctx.scaled(AFTER_TROUBLE_MS), wake)
  }
}

/** One transaction: due steps are leased, new jobs are claimed. */
async function takeWork(
  ctx: QueueContext,
  { options, halted, state }: { options: RunnerOptions; halted: Halt | null; state: State },
): Promise<readonly JobRow[]> {
  if (state.stopped) return []
  const before = state.isNews ? [] : state.blocked
  state.isNews = false
  const {
    taken,
    due: came,
    blocked,
    events,
  } = await persist(ctx, (tx) => {
    const now = ctx.clock.now()
    const isHeld = tx.flag('held') !== null
    const due = ROOMY_STEPS.map((step) => {
      const limit = isHeld ? 0 : state.rooms.left(step)
      const jobs = limit === 0 ? [] : tx.due({ now, step, limit })
      return { step, jobs, allCameIn: jobs.length < limit }
    })
    const picked = pick(tx, { jobs: due.flatMap(({ jobs }) => jobs), run: ctx.run, now })
    const claim = claimOrMove(ctx, {
      tx,
      now,
      window: options.window(now),
      halted,
      limit: CLAIM_LIMIT,
      before,
    })
    return {
      taken: [...picked, ...claim.claimed],
      due,
      blocked: claim.blocked,
      events: [...claim.moved, ...claim.claimed].map((job) => jobEventView(tx, job).event),
    }
  })
  for (const { step, jobs, allCameIn } of came) {
    jobs.forEach(() => state.rooms.enter(step))
    state.rooms.looked(step, allCameIn)
  }
  const isOther = reasonsOf(blocked) !== reasonsOf(state.blocked)
  // A cap that lanes share counts for those that are full, too: they are looked at once more.
  const told = sharedCaps(state.blocked)
  if (sharedCaps(blocked).some((scope) => !told.includes(scope)))
    state.isNews = state.isStale = true
  state.blocked = blocked
  if (isOther) ctx.emit({ type: 'lanes' })
  for (const event of events) ctx.emit(event)
  return taken
}

const sharedCaps = (blocked: readonly BlockedPart[]): readonly string[] =>
  blocked.flatMap(({ cap }) => (cap === undefined || cap.scope === 'batch' ? [] : cap.scope))

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

/** What stops which batch where; figures apart, which change with every job. A plan says when its windows open and caps end, by two clocks that differ by a millisecond now and then. */
const reasonsOf = (blocked: readonly BlockedPart[]): string =>
  blocked
    .map(({ batchId, provider, why, until }) =>
      [
        batchId,
        provider,
        why,
        until !== null && (why === 'window' || why === 'cap') ? Math.round(until / 1_000) : '',
      ].join(' '),
    )
    .join('\n')

function work(ctx: QueueContext, job: JobRow, { state, wake }: Loop): void {
  const done = workOn(ctx, job, { state, wake })
    .catch((error: unknown) => ctx.log.error(saying(error), 'a job could not be put aside'))
    .finally(() => {
      state.working.delete(done)
      wake()
    })
  state.working.set(done, job.batchId)
}

/** One step, and the next ones for as long as nothing stands between. */
async function workOn(ctx: QueueContext, first: JobRow, { state, wake }: Loop): Promise<void> {
  for (let job: JobRow | null = first; job !== null;) {
    const at: JobRow = job
    job = await runStep(ctx, at, state.rooms)
      .catch(async (error: unknown) => {
        await putAside(ctx, at, error)
        return null
      })
      .finally(() => {
        if (at.step !== 'submit') state.rooms.leave(at.step)
      })
    if (job !== null && letsInOthers(at.step, state.rooms)) wake()
  }
}

/** What left its step while this engine goes on with it: a render frees a slot of its lane, too. */
const letsInOthers = (step: JobStep, rooms: StepRooms): boolean =>
  step === 'submit' || step === 'poll' || rooms.isWaitedFor(step)

/** The job where it goes on at once, null where it waits for its turn or has ended. */
async function runStep(ctx: QueueContext, job: JobRow, rooms: StepRooms): Promise<JobRow | null> {
  switch (job.step) {
    case 'submit':
      await submitStep(ctx, job)
      return null
    case 'poll':
      return pollStep(ctx, job, rooms)
    case 'download':
      return downloadStep(ctx, job, rooms)
    case 'finish':
      await finishStep(ctx, job)
      return null
    default:
      return assertNever(job.step)
  }
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
  // A look at what only a person can mend is no work.
  if (canGoOn(ctx, counts.running, null)) return 'working'
  if (counts.queued + counts.waiting === 0) return counts.running > 0 ? 'person' : 'nothing'
  const goesOn = state.blocked.filter((part) => !isStuck(part))
  if (goesOn.some(({ why }) => why !== 'window')) return 'working'
  return goesOn.length > 0 ? 'window' : 'person'
}

/** A window that never opens waits for a person, too. */
const isStuck = ({ why, until }: BlockedPart): boolean =>
  waitsForPerson(why) || (why === 'window' && until === null)

function startSettling(ctx: QueueContext, { state, wake }: Loop): void {
  if (state.settling !== null || state.stopped) return
  const isDue = ctx.store.read(
    (tx) => tx.flag('held') === null && tx.dueIntents(ctx.clock.now()).length > 0,
  )
  if (!isDue) return
  state.settling = settleDue(ctx)
    .catch((error: unknown) => {
      ctx.log.error(saying(error), 'settling a lost answer broke')
      return afterTrouble(ctx)
    })
    .finally(() => {
      state.settling = null
      wake()
    })
}

/** Lost answers that stayed due are not looked for in a loop. */
const afterTrouble = (ctx: QueueContext): Promise<void> =>
  new Promise((resolve) => {
    const go = (): void => {
      cancel()
      ctx.signal.removeEventListener('abort', go)
      resolve()
    }
    const cancel = ctx.clock.after(ctx.scaled(AFTER_TROUBLE_MS), go)
    ctx.signal.addEventListener('abort', go)
    if (ctx.signal.aborted) go()
  })

function sleep(ctx: QueueContext, { state, wake }: Loop): void {
  const now = ctx.clock.now()
  // Lost answers that are asked about right now are looked at when that ends, not in a loop.
  const due = { now, withIntents: state.settling === null }
  const dueAt = ctx.store.read((tx) => (tx.flag('held') === null ? tx.nextDueAt(due) : null))
  const untils = state.blocked.flatMap(({ why, until }) =>
    until === null || why === 'settling' ? [] : [until],
  )
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
  // What a step has written, or is about to, was not seen by the look that says what is stuck.
  const works = [...state.working.values()].some((id) => batchId === undefined || id === batchId)
  if (works || state.isStale || (!isHeld && canGoOn(ctx, counts.running, batchId ?? null)))
    return false
  if (counts.queued + counts.waiting === 0) return true
  const parts = state.blocked.filter((part) => batchId === undefined || part.batchId === batchId)
  // Jobs of a provider that is not here have no part: they wait for a person too.
  return parts.every(isStuck)
}

/** Some of what runs can be looked at without a person. */
function canGoOn(ctx: QueueContext, running: number, batchId: BatchId | null): boolean {
  const keyless = [...ctx.providers.keys()].filter((id) => ctx.credentials.of(id).length === 0)
  const arriving = ctx.arrivals.ids()
  return running > ctx.store.read((tx) => tx.strandedCount({ batchId, keyless, arriving }))
}
