import type { Commands } from '../../engine.ts'
import { persist } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import { admit } from './admit.ts'
import { cancel } from './cancel.ts'
import { setPaused } from './pause.ts'
import { resolve } from './resolve.ts'
import { retry } from './retry.ts'

type QueueCommands = Omit<Commands, 'updateTakes'>

/** What a person may ask of the queue. `wake` makes the runner look at once. */
export function createCommands(
  ctx: QueueContext,
  { wake, mediaDir }: { wake: () => void; mediaDir: string },
): QueueCommands {
  const woken = async <T>(work: Promise<T>): Promise<T> => {
    const value = await work
    wake()
    return value
  }
  return {
    admit: (plan, options) => woken(admit(ctx, plan, { ...options, mediaDir })),
    cancel: (target) => woken(cancel(ctx, target)),
    retry: (target) => woken(retry(ctx, target)),
    pause: (target) => woken(setPaused(ctx, target, true)),
    resume: (target) => woken(setPaused(ctx, target, false)),
    setBatchCap: (batchId, cap) => woken(persist(ctx, (tx) => tx.setBatch(batchId, { cap }))),
    resolve: (jobId, how) => woken(resolve(ctx, jobId, how)),
    acceptMerge: () => woken(persist(ctx, (tx) => tx.setFlag('mergePending', null))),
  }
}
