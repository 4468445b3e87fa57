import type { BatchId, ProviderId } from '../../shared/domain/ids.ts'
import type { Commands, Engine, EngineEvent, Queries, StartOptions } from '../engine.ts'
import { createCommands } from './commands/createCommands.ts'
import type { Halt, QueueContext } from './context.ts'
import { createHalts } from './halts.ts'
import { recoverOrphans } from './recover.ts'
import { startRunner, type Runner, type RunnerOptions } from './runner.ts'
import type { Blocked } from './whyWaiting.ts'

export interface EngineParts {
  /** Everything of the context but what the engine itself provides. */
  readonly context: Omit<QueueContext, 'emit' | 'halt' | 'signal'>
  readonly queries: (live: LiveLookups) => Queries
  readonly updateTakes: Commands['updateTakes']
  readonly dataDir: string
  readonly mediaDir: string
  /** Night windows as they stand; null when none are set. */
  readonly window: RunnerOptions['window']
  /** Ends what the steps started: ffmpeg, connections, files. */
  readonly close: () => Promise<void>
}

/** What only a running engine knows. */
export interface LiveLookups {
  readonly blocked: BlockedLookup
  readonly halted: () => Halt | null
}

/** Why the jobs of a batch on a provider waited at the last claim; null when nothing is known. */
export type BlockedLookup = (batchId: BatchId, provider: ProviderId) => Blocked | null

/** The queue with its commands and events: what both faces drive. Recovers what an earlier run left. */
export async function createEngine(parts: EngineParts): Promise<Engine> {
  const listeners = new Set<(event: EngineEvent) => void>()
  const abort = new AbortController()
  let runner: Runner | null = null
  const wake = (): void => runner?.wake()
  const halts = createHalts({ ctx: () => ctx, dataDir: parts.dataDir })
  const ctx: QueueContext = {
    ...parts.context,
    emit: (event) => {
      for (const listener of listeners) listener(event)
    },
    halt: (halt: Halt) => halts.raise(halt),
    signal: abort.signal,
  }
  await recoverOrphans(ctx)
  const blocked: BlockedLookup = (batchId, provider) =>
    runner?.blocked().find((part) => part.batchId === batchId && part.provider === provider) ?? null
  return {
    queries: parts.queries({ blocked, halted: () => halts.current() }),
    commands: {
      ...createCommands(ctx, { wake, mediaDir: parts.mediaDir }),
      updateTakes: parts.updateTakes,
      lookAgain: wake,
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
    start: ({ obeyWindows }: StartOptions) => {
      runner ??= startRunner(ctx, {
        halted: () => halts.check(),
        window: obeyWindows ? parts.window : () => null,
      })
    },
    settled: ({ batchId }) => (runner === null ? Promise.resolve() : runner.settled(batchId)),
    stop: async () => {
      // Polls, downloads and renders put their jobs down; a create that left gets its answer (money rule 1).
      abort.abort()
      await runner?.stop()
      await parts.close()
    },
  }
}
