import { isTerminal } from '../../../shared/domain/job.ts'
import type { CancelReport, JobTarget } from '../../engine.ts'
import { applyEvent, persist } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import type { JobRow } from '../jobRow.ts'
import { jobEventView } from '../jobView.ts'
import { rowsOf } from './targets.ts'

export async function cancel(ctx: QueueContext, target: JobTarget): Promise<CancelReport> {
  const report = await persist(ctx, (tx) => {
    const rows = rowsOf(tx, target, { open: true })
    const open = rows.filter((job) => !isTerminal(job.status))
    const changed = open.map((job) =>
      applyEvent(tx, { job, at: ctx.clock.now() }, { type: 'cancelRequested' }),
    )
    return {
      changed,
      events: changed.map((job) => jobEventView(tx, job).event),
      done: rows.length - open.length,
    }
  })
  for (const event of report.events) ctx.emit(event)
  const requested = report.changed.filter((job) => job.status !== 'cancelled')
  const notes = [...new Set(requested.map((job) => cancelNote(ctx, job)))]
  return {
    cancelled: report.changed.length - requested.length,
    requested: requested.length,
    alreadyDone: report.done,
    notes,
  }
}

function cancelNote(ctx: QueueContext, job: JobRow): string {
  const provider = ctx.providers.get(job.provider)
  const name = provider?.name ?? job.provider
  if (provider?.traits.paid === false) return `${name} stops what it renders.`
  return provider?.cancel === undefined
    ? `${name} cannot cancel a running render: it is delivered when it ends and billed.`
    : `${name} is asked to stop; what already rendered may be billed.`
}
