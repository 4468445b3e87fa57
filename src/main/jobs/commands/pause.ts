import { isTerminal } from '../../../shared/domain/job.ts'
import type { ChangeReport } from '../../../shared/ipc/reports.ts'
import type { PauseTarget } from '../../engine.ts'
import { persist } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import type { JobError } from '../../../shared/domain/errors.ts'
import type { RouteId } from '../../../shared/domain/ids.ts'
import type { LaneState } from '../lanes.ts'
import type { EngineFlag, JobTx } from '../ports.ts'
import { PAUSED_ROUTE } from '../routeHolds.ts'
import { announce } from './announce.ts'
import { change, noChanges, type Changes } from './order.ts'
import { rowsOf } from './targets.ts'
import type { UndoStack } from './undo.ts'

interface Pausing {
  readonly target: PauseTarget
  readonly paused: boolean
  /** Looks and downloads rest too. */
  readonly hold: boolean
}

/** What runs is finished; nothing new of the target starts, or it goes on. */
export async function setPaused(
  ctx: QueueContext,
  stack: UndoStack,
  pausing: Pausing,
): Promise<ChangeReport> {
  const changes = await persist(ctx, (tx) => pauseIn(ctx, tx, pausing))
  const { target } = pausing
  announce(ctx, {
    jobs: changes.rows,
    batches: 'batches' in target ? target.batches : [],
    lanes: true,
  })
  return {
    changed: changes.undoings.length,
    skipped: changes.skipped,
    undo: stack.add(changes.undoings),
  }
}

function pauseIn(ctx: QueueContext, tx: JobTx, { target, paused, hold }: Pausing): Changes {
  const changes = noChanges()
  if ('lane' in target) {
    const { provider } = target.lane
    // Also those of keys that are gone.
    const keys = new Set([...ctx.credentials.of(provider), ...tx.lanesOf(provider)])
    for (const credential of keys) {
      const before = tx.lane(provider, credential)
      const after = paused ? { paused } : { paused, ...SEEN }
      tx.setLane(provider, credential, after)
      changes.undoings.push({ kind: 'lane', provider, credential, before, after })
    }
  } else if ('route' in target) {
    if (paused) holdRoute(tx, target.route, ctx.clock.now())
    else tx.clearRouteTrouble(target.route)
  } else if ('all' in target) {
    const at = String(ctx.clock.now())
    setFlag(tx, changes, { name: 'paused', value: paused ? at : null })
    setFlag(tx, changes, { name: 'held', value: paused && hold ? at : null })
  } else if ('batches' in target) {
    for (const id of target.batches) {
      const batch = tx.batch(id)
      if (batch === null || batch.paused === paused) continue
      tx.setBatch(id, { paused })
      changes.undoings.push({
        kind: 'batch',
        id,
        before: { paused: batch.paused },
        after: { paused },
      })
    }
  } else {
    const { rows, unread } = rowsOf(tx, target, {})
    for (const one of unread) changes.skipped.push(one)
    for (const job of rows)
      if (!isTerminal(job.status)) change(tx, changes, { job, after: { paused } })
  }
  return changes
}

/** Resuming a lane also says that the person has seen what held it. */
const SEEN: Partial<LaneState> = {
  needsPerson: false,
  heldUntil: null,
  heldReason: null,
  unreachable: null,
}

function holdRoute(tx: JobTx, route: RouteId, at: number): void {
  const job = tx.someJobOf(route)
  if (job === null) return
  const { provider, modelName } = job
  const reason: JobError = { kind: 'unknown', code: PAUSED_ROUTE, message: 'Paused by you.' }
  tx.setRouteTrouble({ route, provider, modelName, failures: 0, reason, heldAt: at })
}

function setFlag(
  tx: JobTx,
  { undoings }: Changes,
  { name, value }: { name: EngineFlag; value: string | null },
): void {
  const before = tx.flag(name)
  if (before === value) return
  tx.setFlag(name, value)
  undoings.push({ kind: 'flag', name, before })
}
