import { createArrivals } from '../../src/main/jobs/arrivals.ts'
import { createHash } from 'node:crypto'
import type { BatchPlan, Cap } from '../../src/shared/domain/batch.ts'
import type { CredentialId } from '../../src/shared/domain/ids.ts'
import type { PlannedJob } from '../../src/shared/domain/job.ts'
import { err, ok } from '../../src/shared/domain/result.ts'
import type { EngineEvent } from '../../src/main/engine.ts'
import { createCommands } from '../../src/main/jobs/commands/createCommands.ts'
import type { QueueContext } from '../../src/main/jobs/context.ts'
import type { JobStore, SubmitJournal } from '../../src/main/jobs/ports.ts'
import { recoverOrphans } from '../../src/main/jobs/recover.ts'
import { startRunner, type Runner } from '../../src/main/jobs/runner.ts'
import { watchWindows, type WindowWatch } from '../../src/main/jobs/windowEdges.ts'
import { createNightWindows } from '../../src/main/nights/nightWindows.ts'
import { nightPlanSchema, type NightPlan } from '../../src/shared/domain/nightPlan.ts'
import { steadyClock } from '../../src/main/systemClock.ts'
import { CommitGroup } from '../../src/main/storage/commitGroup.ts'
import { revisionsFrom } from '../../src/main/storage/revisions.ts'
import { createJobStore } from '../../src/main/storage/jobStore.ts'
import { MIGRATIONS } from '../../src/main/storage/migrations/index.ts'
import { connect, type SqlDatabase } from '../../src/main/storage/sqlite.ts'
import type { FakeClock } from './fakeClock.ts'
import type { FakeDelivery, ScriptedProvider } from './scriptedProvider.ts'

/** The real queue over a real SQLite in memory, with scripted providers, disks and time. */
export interface QueueHarness {
  readonly db: SqlDatabase
  readonly store: JobStore
  readonly ctx: QueueContext
  readonly runner: Runner
  readonly watch: WindowWatch
  readonly commands: ReturnType<typeof createCommands>
  readonly events: readonly EngineEvent[]
  readonly journal: readonly string[]
  readonly delivered: readonly string[]
  /** Lets time pass until the queue is settled or `done` says so. */
  until(done: () => boolean, limitMs?: number): Promise<void>
  settle(limitMs?: number): Promise<void>
  /** As the engine stops: steps put their jobs down. */
  stop(): Promise<void>
  /** SIGKILL: nothing of this engine goes on; the database stays as it is. */
  kill(): void
}

export interface HarnessOptions {
  readonly clock: FakeClock
  readonly provider: ScriptedProvider
  /** Beside it: where its jobs may go. */
  readonly others?: readonly ScriptedProvider[]
  /** The keys of every provider, in their order; one without. */
  readonly keys?: readonly CredentialId[]
  /** Off without. */
  readonly otherWays?: QueueContext['otherWays']
  readonly priceNow?: QueueContext['priceNow']
  readonly db?: SqlDatabase
  readonly run?: number
  readonly deliver?: FakeDelivery
  readonly seed?: number
  /** Stands in for reading the facts of a file. */
  readonly facts?: () => never
  /** What the providers' clocks show; ours is right without. */
  readonly serverTime?: QueueContext['serverTime']
  /** Of every provider, as they are set now; none without. */
  readonly baseUrls?: () => Readonly<Record<string, string>>
  /** What writing to the database comes to, while it does not return null. */
  readonly storeError?: () => Error | null
  /** Holds what a write came to, after it is in the database. */
  readonly afterWrite?: (value: unknown) => Promise<void>
  /** Errors that the test provokes are not printed. */
  readonly isQuiet?: boolean
  /** The night plan; without one everything may start at once. */
  readonly nightPlan?: () => NightPlan
  /** Dies at the n-th point where the outside world is touched: writes, creates, looks, deliveries. */
  readonly killAt?: number
}

export async function startQueue(options: HarnessOptions): Promise<QueueHarness> {
  const db = options.db ?? memoryDatabase()
  const group = new CommitGroup(db)
  let ids = db.get('SELECT count(*) AS n FROM jobs')?.['n'] as number
  const newId = <K extends 'batch' | 'job' | 'take'>(kind: K): `${K}_${string}` =>
    `${kind}_${String((ids += 1)).padStart(8, '0')}${options.run ?? 1}`
  const inner = createJobStore({
    db,
    group,
    revisions: revisionsFrom(db),
    newTakeId: () => newId('take'),
  })
  const life = { dead: false, busy: 0 }
  let noteDeath = (): void => {}
  const death = new Promise<void>((resolve) => (noteDeath = resolve))
  const die = (): void => {
    life.dead = true
    noteDeath()
  }
  let points = 0
  const point = (): void => {
    points += 1
    if (points === options.killAt) die()
  }
  const store: JobStore = {
    read: inner.read,
    write: async (fn) => {
      const value = await touching(life, point, () => {
        const trouble = options.storeError?.() ?? null
        return trouble === null ? inner.write(fn) : Promise.reject(trouble)
      })
      await options.afterWrite?.(value)
      return value
    },
  }
  const events: EngineEvent[] = []
  const journal: string[] = []
  const delivered: string[] = []
  const abort = new AbortController()
  let wake = (): void => {}
  const ctx = contextFor({
    ...options,
    wake: () => wake(),
    store,
    life,
    point,
    events,
    journal,
    delivered,
    newId,
    signal: abort.signal,
  })
  // Recovery may be what is killed: then it never ends.
  await Promise.race([recoverOrphans(ctx), death])
  const windows = createNightWindows({
    plan: options.nightPlan ?? (() => NO_NIGHTS),
    wallNow: options.clock.now,
    timeZone: () => 'Europe/Prague',
  })
  const runner = startRunner(ctx, { window: (now) => windows.at(now), halted: async () => null })
  wake = runner.wake
  const watch = watchWindows(ctx, { windows, wallNow: options.clock.now, wake })
  const commands = createCommands(ctx, {
    wake,
    forgetHalts: () => undefined,
    mediaDir: '/media',
  })
  const until = async (done: () => boolean, limitMs = 48 * 3_600_000): Promise<void> => {
    const end = options.clock.monotonic() + limitMs
    let jumps = 0
    for (;;) {
      for (let quiet = 0; quiet < 3 && !life.dead; quiet = life.busy === 0 ? quiet + 1 : 0)
        await new Promise((resolve) => setImmediate(resolve))
      if (done() || life.dead) return
      if (!options.clock.jump(end)) return
      jumps += 1
      if (jumps > MOST_JUMPS)
        throw new Error(
          `busy loop: ${JSON.stringify(runner.blocked())} ${JSON.stringify(db.all('SELECT id, status, step, lease, runAt FROM jobs'))} ${JSON.stringify(db.all('SELECT id, outcome, nextLookAt, passes FROM intents'))} ${options.clock.now()}`,
        )
    }
  }
  return {
    db,
    store,
    ctx,
    runner,
    watch,
    commands,
    events,
    journal,
    delivered,
    until,
    settle: async (limitMs) => {
      let over = false
      void runner.settled().then(() => (over = true))
      await until(() => over, limitMs)
      if (!over && !life.dead)
        throw new Error(
          `not settled: ${JSON.stringify(store.read((tx) => tx.counts(null)))} ${JSON.stringify(runner.blocked())}`,
        )
    },
    stop: () => {
      abort.abort()
      return runner.stop()
    },
    kill: () => {
      die()
      abort.abort()
    },
  }
}

const NO_NIGHTS = nightPlanSchema.parse({})

/** A queue that wakes more often than this in one test spins. */
const MOST_JUMPS = 20_000

export function memoryDatabase(): SqlDatabase {
  const db = connect(':memory:')
  for (const { sql } of MIGRATIONS) db.exec(sql)
  return db
}

interface Parts extends HarnessOptions {
  readonly wake: () => void
  readonly store: JobStore
  readonly life: { dead: boolean; busy: number }
  readonly point: () => void
  readonly events: EngineEvent[]
  readonly journal: string[]
  readonly delivered: string[]
  readonly newId: QueueContext['chance']['newId']
  readonly signal: AbortSignal
}

function contextFor(parts: Parts): QueueContext {
  const { clock, provider, store, life, events, delivered } = parts
  const emit: QueueContext['emit'] = (event) => void events.push(event)
  let random = parts.seed ?? 1
  const keys = parts.keys ?? ['env']
  const { signal } = parts
  const call = { settings: {}, apiKey: null, http: unusedHttp, signal, now: clock.now }
  return {
    run: parts.run ?? 1,
    store,
    journal: journalInto(parts.journal),
    clock: steadyClock({
      ...clock,
      after: (ms, fn) => clock.after(ms, () => (life.dead ? undefined : fn())),
    }),
    chance: {
      random: () => (random = (random * 16_807) % 2_147_483_647) / 2_147_483_647,
      newId: parts.newId,
    },
    providers: new Map(
      [provider, ...(parts.others ?? [])].map((one) => [one.id, guarded(one, parts)]),
    ),
    otherWays: parts.otherWays ?? { isOn: () => false, of: () => [] },
    priceNow: parts.priceNow ?? (() => null),
    credentials: {
      of: () => keys,
      call: (_, credential) =>
        keys.includes(credential)
          ? ok({ ...call, baseUrls: parts.baseUrls?.() ?? {}, credential })
          : err({ kind: 'auth', code: 'NO_KEY', message: 'The key is not here.' }),
      readFrame: async () => new Uint8Array(),
    },
    serverTime: parts.serverTime ?? { aheadMs: () => 0, ask: () => {} },
    fitFrame: async (frame) => ok(frame),
    media: {
      facts: async () =>
        parts.facts?.() ??
        ok({
          durationSeconds: 5,
          width: 640,
          height: 360,
          fps: 24,
          hasAudio: true,
          videoCodec: 'avc',
          audioCodec: 'aac',
        }),
      stills: async () => ok(undefined),
    },
    delivery: {
      place: async (job, takeNo) => ok(`/media/${job.id}-${takeNo}.mp4`),
      deliver: async ({ source, path, onProgress }) => {
        const url = source.kind === 'url' ? source.url : source.path
        const trouble = (await parts.deliver?.(url, onProgress ?? (() => {}))) ?? null
        if (trouble !== null) return trouble
        parts.point()
        if (life.dead) return new Promise(() => {})
        delivered.push(path)
        return {
          kind: 'delivered',
          bytes: 1_000,
          sha256: createHash('sha256').update(url).digest('hex'),
        }
      },
      makeFolder: async () => ok(undefined),
      roomAt: async () => ok(null),
    },
    sidecars: { write: async ({ take }) => ok(`${take.path}.json`) },
    log: {
      info: () => {},
      warn: () => {},
      error: (fields, message) => parts.isQuiet !== true && console.error(message, fields),
    },
    scaled: (ms) => ms,
    unscaled: (ms) => ms,
    pollMs: null,
    emit,
    arrivals: createArrivals({ clock: parts.clock, emit, wake: parts.wake }),
    halt: ({ code, message }) => emit({ type: 'halted', code, message }),
    signal: parts.signal,
  }
}

const unusedHttp = {
  create: () => Promise.reject(new Error('no network here')),
  call: () => Promise.reject(new Error('no network here')),
}

/** A dead engine neither asks nor hears the answer. */
async function touching<T>(
  life: { dead: boolean; busy: number },
  point: () => void,
  work: () => Promise<T>,
): Promise<T> {
  life.busy += 1
  try {
    point()
    if (life.dead) return await new Promise<T>(() => {})
    const value = await work()
    point()
    return life.dead ? await new Promise<T>(() => {}) : value
  } finally {
    life.busy -= 1
  }
}

function guarded(provider: ScriptedProvider, { life, point }: Parts): ScriptedProvider {
  const alive =
    <A extends unknown[], R>(fn: (...args: A) => Promise<R>) =>
    (...args: A): Promise<R> =>
      touching(life, point, () => fn(...args))
  return { ...provider, submit: alive(provider.submit), check: alive(provider.check) }
}

function journalInto(lines: string[]): SubmitJournal {
  return {
    intent: async ({ intent }) => void lines.push(`intent ${intent.id}`),
    outcome: async ({ intentId, outcome }) => void lines.push(`outcome ${intentId} ${outcome}`),
    ledger: async ({ intentId, state }) => void lines.push(`ledger ${intentId} ${state}`),
  }
}

export interface PlanOptions {
  readonly jobs: number
  readonly cap?: Cap | null
  readonly micros?: number | null
  /** Jobs that share one request: twins. */
  readonly twins?: boolean
  readonly provider?: string
  readonly tonight?: boolean
  /** The rows name a model alone: their jobs may go another way. */
  readonly anyWay?: boolean
}

export function planOf({
  jobs,
  cap = null,
  micros = 100_000,
  twins = false,
  provider = 'scripted',
  tonight = false,
  anyWay = false,
}: PlanOptions): BatchPlan {
  const job = (row: number): PlannedJob => ({
    row,
    take: 1,
    name: null,
    tags: [],
    prompt: `prompt ${row}`,
    provider,
    model: 'model',
    modelName: 'Model',
    route: `${provider}/model`,
    routeNamed: !anyWay,
    asked: { options: {} },
    request: {
      version: 1,
      endpoint: 'model',
      fields: { prompt: twins ? 'same' : `prompt ${row}` },
      frames: [],
      mode: 'textToVideo',
      expect: {
        prompt: `prompt ${row}`,
        durationSeconds: 5,
        width: 640,
        height: 360,
        fps: 24,
        hasAudio: true,
        seed: row,
      },
    },
    warnings: [],
    estimate: micros === null ? null : { micros, currency: 'USD', estimated: true },
  })
  return {
    name: 'Test',
    digest: 'digest',
    source: 'test',
    project: null,
    cap,
    allowUnpriced: false,
    tonight,
    concurrency: null,
    outDir: null,
    jobs: Array.from({ length: jobs }, (_, index) => job(index + 1)),
  }
}
