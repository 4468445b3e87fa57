import type { Commands } from '../../engine.ts'
import { persist } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import { admit } from './admit.ts'
import { answerCap, setBatchCap, setPeriodCap } from './caps.ts'
import { cancel } from './cancel.ts'
import { duplicate, edit, prune, requestOf } from './change.ts'
import { lookAgain } from './lookAgain.ts'
import { move, setBreakPoint, setPriority } from './order.ts'
import { setPaused } from './pause.ts'
import { setProject } from './projects.ts'
import { recordPurchase } from './recordPurchase.ts'
import { resolve } from './resolve.ts'
import { retry } from './retry.ts'
import { runAgain } from './runAgain.ts'
import { createUndoStack, undo } from './undo.ts'

type QueueCommands = Omit<Commands, 'updateTakes' | 'deleteTakes'>

interface CommandParts {
  /** Makes the runner look at once. */
  readonly wake: () => void
  /** The next look finds out anew what halts every claim. */
  readonly forgetHalts: () => void
  readonly mediaDir: string
}

/** What a person may ask of the queue. */
export function createCommands(
  ctx: QueueContext,
  { wake, forgetHalts, mediaDir }: CommandParts,
): QueueCommands {
  const stack = createUndoStack()
  const woken = async <T>(work: Promise<T>): Promise<T> => {
    const value = await work
    wake()
    return value
  }
  return {
    admit: (plan, options) => woken(admit(ctx, plan, { ...options, mediaDir })),
    cancel: (target, options) =>
      woken(cancel(ctx, stack, { target, unsentOnly: options?.unsentOnly === true })),
    retry: (target, options) =>
      woken(retry(ctx, stack, { target, despiteDoubt: options?.despiteDoubt === true })),
    pause: (target, options) =>
      woken(setPaused(ctx, stack, { target, paused: true, hold: options?.hold === true })),
    resume: (target) => woken(setPaused(ctx, stack, { target, paused: false, hold: false })),
    move: (jobs, to) => woken(move(ctx, stack, { jobs, to })),
    setPriority: (target, priority) => woken(setPriority(ctx, stack, { target, priority })),
    setBreakPoint: (jobs, isOn) => woken(setBreakPoint(ctx, stack, { jobs, isOn })),
    edit: (jobId, request) => woken(edit(ctx, stack, { jobId, request })),
    requestOf: (jobId) => requestOf(ctx, jobId),
    duplicate: (jobs) => woken(duplicate(ctx, stack, jobs)),
    prune: (target) => prune(ctx, stack, target),
    undo: (id) => woken(undo(ctx, stack, id)),
    runAgain: (wishes) => woken(runAgain(ctx, wishes)),
    setProject: (name, patch) => woken(setProject(ctx, name, patch)),
    setBatchCap: (batchId, cap) => woken(setBatchCap(ctx, batchId, cap)),
    setPeriodCap: (scope, cap) => woken(setPeriodCap(ctx, scope, cap)),
    answerCap: (answer) => woken(answerCap(ctx, answer)),
    recordPurchase: (purchase) => woken(recordPurchase(ctx, purchase, mediaDir)),
    resolve: (jobId, how) => woken(resolve(ctx, jobId, how)),
    lookAgain: () => woken(lookAgain(ctx)),
    acceptMerge: () =>
      woken(persist(ctx, (tx) => tx.setFlag('mergePending', null)).then(forgetHalts)),
  }
}
