import { isTerminal } from '../../../shared/domain/job.ts'
import type { CancelReport } from '../../../shared/ipc/reports.ts'
import type { JobTarget } from '../../engine.ts'
import { applyEvent, persist } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import type { JobPatch, JobRow } from '../jobRow.ts'
import { announce } from './announce.ts'
import { isUnsent, rowsOf } from './targets.ts'
import type { Undoing, UndoStack } from './undo.ts'

/** Jobs that were not sent end at once; those under way are asked to stop. */
export async function cancel(
  ctx: QueueContext,
  stack: UndoStack,
  { target, unsentOnly }: { readonly target: JobTarget; readonly unsentOnly: boolean },
): Promise<CancelReport> {
  const report = await persist(ctx, (tx) => {
    const { rows, unread } = rowsOf(tx, target, { open: true })
    const open = rows.filter((job) => (unsentOnly ? isUnsent(job) : !isTerminal(job.status)))
    const undoings = open
      .filter(isUnsent)
      .map((job): Undoing => ({ kind: 'cancelled', id: job.id, before: successor(job) }))
    const changed = open.map((job) =>
      applyEvent(tx, { job, at: ctx.clock.now() }, { type: 'cancelRequested' }),
    )
    return { changed, undoings, unread, done: rows.filter((job) => isTerminal(job.status)).length }
  })
  announce(ctx, { jobs: report.changed })
  const requested = report.changed.filter((job) => job.status !== 'cancelled')
  const notes = [
    ...new Set(requested.map((job) => cancelNote(ctx, job))),
    ...unreadNotes(report.unread.length),
  ]
  return {
    cancelled: report.changed.length - requested.length,
    requested: requested.length,
    alreadyDone: report.done,
    notes,
    undo: stack.add(report.undoings),
  }
}

/** What stands in the place of a cancelled job when that is taken back. */
function successor(job: JobRow): JobPatch {
  const { status, runAt, attempt, error, paused, priority, position, breakPoint } = job
  return { status, runAt, attempt, error, paused, priority, position, breakPoint }
}

/** The queue asks a person about each, once it comes to it. */
function unreadNotes(count: number): readonly string[] {
  if (count === 0) return []
  return count === 1
    ? ['1 job is left as it is: what is stored about it cannot be read.']
    : [`${count} jobs are left as they are: what is stored about them cannot be read.`]
}

function cancelNote(ctx: QueueContext, job: JobRow): string {
  const provider = ctx.providers.get(job.provider)
  const name = provider?.name ?? job.provider
  if (provider?.traits.paid === false) return `${name} stops what it renders.`
  return provider?.cancel === undefined
    ? `${name} cannot cancel a running render: it is delivered when it ends and billed.`
    : `${name} is asked to stop; what already rendered may be billed.`
}
