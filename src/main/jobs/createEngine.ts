import type { BatchId, JobId, ProviderId } from '../../shared/domain/ids.ts'
import type { Rest } from '../../shared/domain/views.ts'
import type { NightWindow } from '../../shared/schedule/nightWindow.ts'
import type { Commands, Engine, EngineEvent, Queries, StartOptions } from '../engine.ts'
import { createArrivals, type Arrival } from './arrivals.ts'
import { createCommands } from './commands/createCommands.ts'
import type { Halt, QueueContext } from './context.ts'
import { createHalts, type Halts } from './halts.ts'
import { recoverOrphans } from './recover.ts'
import { startRunner, type Runner } from './runner.ts'
import { watchWindows, type NightWindows, type WindowWatch } from './windowEdges.ts'
import type { Blocked } from './whyWaiting.ts'

export interface EngineParts {
  /** Everything of the context but what the engine itself provides. */
  readonly context: Omit<QueueContext, 'emit' | 'arrivals' | 'halt' | 'signal'>
  readonly queries: (live: LiveLookups) => Queries
  readonly updateTakes: Commands['updateTakes']
  readonly deleteTakes: Commands['deleteTakes']
  readonly dataDir: string
  readonly mediaDir: string
  readonly windows: NightWindows
  /** Epoch ms by the clock on the wall, which windows follow. */
  readonly wallNow: () => number
  /** What else may stop every claim: the battery. */
  readonly guard: () => Halt | null
  /** Ends what the steps started: ffmpeg, connections, files. */
  readonly close: () => Promise<void>
}

/** What only a running engine knows. */
export interface LiveLookups {
  readonly blocked: BlockedLookup
  readonly hasKey: (provider: ProviderId) => boolean
  /** How much of a job's file is here; null when it is not being fetched. */
  readonly arrived: (id: JobId) => Arrival | null
  readonly halted: () => Halt | null
  /** What is left to do; null when this engine does not work. */
  readonly rest: () => Rest | null
  readonly window: () => NightWindow
}

/** Why the jobs of a batch on a provider waited at the last claim; null when nothing is known. */
export type BlockedLookup = (batchId: BatchId, provider: ProviderId) => Blocked | null

/** The queue with its commands and events: what both faces drive. Recovers what an earlier run left. */
export async function createEngine(parts: EngineParts): Promise<Engine> {
  const abort = new AbortController()
  let working: Working | null = null
  const wake = (): void => working?.runner.wake()
  const { dataDir, guard, windows } = parts
  const halts = createHalts({ ctx: () => ctx, dataDir, guard })
  const { emit, subscribe } = createVoice()
  const arrivals = createArrivals({ clock: parts.context.clock, emit, wake })
  const ctx: QueueContext = {
    ...parts.context,
    emit,
    arrivals,
    halt: (halt: Halt) => halts.raise(halt),
    signal: abort.signal,
  }
  await recoverOrphans(ctx)
  return {
    queries: parts.queries(
      liveLookups({ ctx, halts, windows, runner: () => working?.runner ?? null }),
    ),
    commands: {
      ...createCommands(ctx, {
        wake,
        forgetHalts: () => halts.lookAgain(),
        mediaDir: parts.mediaDir,
      }),
      updateTakes: parts.updateTakes,
      deleteTakes: parts.deleteTakes,
    },
    subscribe,
    start: (options) => {
      working ??= startWork(ctx, parts, { halts, ...options })
    },
    look: () => {
      halts.lookAgain()
      working?.watch?.look()
      wake()
    },
    settled: async ({ batchId }) => working?.runner.settled(batchId),
    stop: async () => {
      // Polls, downloads and renders put their jobs down; a create that left gets its answer (money rule 1).
      abort.abort()
      working?.watch?.stop()
      await working?.runner.stop()
      await parts.close()
    },
  }
}

function createVoice(): Pick<QueueContext, 'emit'> & Pick<Engine, 'subscribe'> {
  const listeners = new Set<(event: EngineEvent) => void>()
  return {
    emit: (event) => {
      for (const listener of listeners) listener(event)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}

interface Live {
  readonly ctx: QueueContext
  readonly halts: Halts
  readonly windows: NightWindows
  readonly runner: () => Runner | null
}

const liveLookups = ({ ctx, halts, windows, runner }: Live): LiveLookups => ({
  hasKey: (provider) => ctx.credentials.of(provider).length > 0,
  arrived: (id) => ctx.arrivals.of(id),
  blocked: (batchId, provider) =>
    runner()
      ?.blocked()
      .find((part) => part.batchId === batchId && part.provider === provider) ?? null,
  halted: () => halts.current(),
  rest: () => runner()?.rest() ?? null,
  window: () => windows.view(),
})

interface Working {
  readonly runner: Runner
  /** Null when windows are not obeyed. */
  readonly watch: WindowWatch | null
}

function startWork(
  ctx: QueueContext,
  { windows, wallNow }: EngineParts,
  { halts, obeyWindows }: StartOptions & { readonly halts: Halts },
): Working {
  const runner = startRunner(ctx, {
    halted: () => halts.check(),
    window: obeyWindows ? (now) => windows.at(now) : () => null,
  })
  const wake = (): void => runner.wake()
  return { runner, watch: obeyWindows ? watchWindows(ctx, { windows, wallNow, wake }) : null }
}
