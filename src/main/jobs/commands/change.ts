import type { JobId } from '../../../shared/domain/ids.ts'
import type { JobRequest } from '../../../shared/domain/job.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { ChangeReport } from '../../../shared/ipc/reports.ts'
import type { JobTarget, Refusal } from '../../engine.ts'
import { persist } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import type { JobRow } from '../jobRow.ts'
import type { JobCopy } from '../copyPort.ts'
import type { JobTx } from '../ports.ts'
import { change, noChanges, reportOf, type Changes } from './order.ts'
import { rowsOf } from './targets.ts'
import type { Undoing, UndoStack } from './undo.ts'
import { whyNotEdit } from './whyNotEdit.ts'

/** Another request for a job that waits: it is held against its caps when it is claimed. */
export async function edit(
  ctx: QueueContext,
  stack: UndoStack,
  { jobId, request }: { readonly jobId: JobId; readonly request: JobRequest },
): Promise<Result<ChangeReport, Refusal>> {
  const done = await persist(ctx, (tx) => {
    const job = editable(tx, jobId)
    if (!job.ok) return job
    const before = tx.jobRequest(jobId)
    // Whoever chose another provider by hand named it.
    const routeNamed = before.routeNamed === true || request.provider !== before.provider
    return ok({ before, row: tx.replaceRequest(jobId, { ...request, routeNamed }) })
  })
  if (!done.ok) return done
  const { before, row } = done.value
  const undoings = [{ kind: 'request' as const, id: jobId, before }]
  return ok(reportOf(ctx, stack, { ...noChanges(), rows: [row], undoings }))
}

/** What a job asks for now; refused when it can no longer be changed. */
export const requestOf = (ctx: QueueContext, jobId: JobId): Result<JobRequest, Refusal> =>
  ctx.store.read((tx) => {
    const job = editable(tx, jobId)
    return job.ok ? ok(tx.jobRequest(jobId)) : job
  })

function editable(tx: JobTx, jobId: JobId): Result<JobRow, Refusal> {
  const job = tx.job(jobId)
  if (job === null) return err({ code: 'unknownJob', message: `There is no job ${jobId} here.` })
  const why = whyNotEdit(tx, job)
  return why === null ? ok(job) : err({ code: 'notEditable', message: why })
}

/** Once more, right after each, as the next take of its row. */
export async function duplicate(
  ctx: QueueContext,
  stack: UndoStack,
  jobs: readonly JobId[],
): Promise<ChangeReport> {
  const at = ctx.clock.now()
  const changes = await persist(ctx, (tx) => {
    const copies: JobCopy[] = []
    const skipped: Changes['skipped'] = []
    const wanted = [...new Set(jobs)]
    const known = new Map(tx.jobs(wanted).map((job) => [job.id, job]))
    const notCopied = tx.notCopied(wanted)
    const after = tx.positionsAfter(wanted)
    for (const jobId of wanted) {
      const job = known.get(jobId)
      if (job === undefined || notCopied.has(jobId)) {
        skipped.push({ jobId, why: job === undefined ? 'It is not there any more.' : NOT_COPIED })
        continue
      }
      const next = after.get(jobId) ?? null
      const position = next === null ? job.position + 1 : (job.position + next) / 2
      const id = ctx.chance.newId('job')
      copies.push({ of: jobId, id, at, asRetry: false, asNextTake: true, as: { position } })
    }
    const undoings = copies.map(({ id }): Undoing => ({ kind: 'made', id }))
    return { rows: tx.cloneJobs(copies), undoings, skipped }
  })
  return reportOf(ctx, stack, changes)
}

/** Made again from the journal, which keeps no fields: what would be sent is not what was asked. */
export const NOT_COPIED = 'Its request is not known in full. Run its row again instead.'

/** Clears ended jobs from the queue; their takes and their money stay. */
export async function prune(
  ctx: QueueContext,
  stack: UndoStack,
  target: JobTarget,
): Promise<ChangeReport> {
  const changes = await persist(ctx, (tx) => {
    const { rows, unread } = rowsOf(tx, target, { ended: true })
    const done = noChanges(unread)
    for (const job of rows) {
      if (job.finishedAt !== null) change(tx, done, { job, after: { hidden: true } })
      else done.skipped.push({ jobId: job.id, why: 'It has not ended yet.' })
    }
    return done
  })
  return reportOf(ctx, stack, changes)
}
