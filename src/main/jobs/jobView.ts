import type { JobView } from '../../shared/domain/job.ts'
import type { Money } from '../../shared/domain/money.ts'
import type { EngineEvent } from '../engine.ts'
import { NEVER, type JobRow } from './jobRow.ts'
import { jobReason, runningUntil } from './whyWaiting.ts'
import type { Charge, JobTx } from './ports.ts'

/** What a row cannot tell by itself. */
export interface JobViewContext {
  readonly reason: string | null
  /** When it goes on, where it waits for the clock. */
  readonly waitsUntil?: number | null
  /** When its render is likely done. */
  readonly expectedFinishAt?: number | null
  readonly cost: Money | null
}

/** A row as screens and events show it. Pure. */
export function toJobView(
  job: JobRow,
  { reason, waitsUntil = null, expectedFinishAt = null, cost }: JobViewContext,
): JobView {
  return {
    id: job.id,
    batchId: job.batchId,
    row: job.row,
    take: job.take,
    prompt: job.prompt,
    provider: job.provider,
    model: job.model,
    modelName: job.modelName,
    route: job.route,
    mode: job.mode,
    status: job.status,
    step: job.step,
    reason,
    waitsUntil,
    expectedFinishAt,
    attempt: job.step === 'submit' ? job.attempt : job.tries,
    progress: job.progress,
    operationId: job.operation?.id ?? null,
    error: job.error,
    estimate: job.estimate,
    cost,
    cancelRequested: job.cancelRequested,
    paused: job.paused,
    priority: job.priority,
    position: job.position,
    breakPoint: job.breakPoint,
    runAt: job.runAt >= NEVER ? null : job.runAt,
    createdAt: job.createdAt,
    startedAt: job.startedAt,
    finishedAt: job.finishedAt,
    firstFrameSha256: job.firstFrameSha256,
    posterTakeId: null,
    moved: job.moves.at(-1) ?? null,
    revision: job.revision,
  }
}

/** The events that announce a change of `job`, read inside the transaction that changed it. */
export function jobEventView(
  tx: JobTx,
  job: JobRow,
): { readonly event: EngineEvent; readonly needs: EngineEvent | undefined } {
  const cost = job.status === 'succeeded' || job.status === 'failed' ? costOf(tx, job) : null
  const waitsUntil =
    job.status === 'waiting' && job.runAt < NEVER
      ? job.runAt
      : runningUntil(job, (id) => tx.intent(id)?.nextLookAt ?? null)
  const expectedFinishAt = expectedFinish(job, () => tx.renderTimes(job.route)?.median ?? null)
  const event: EngineEvent = {
    type: 'job',
    job: toJobView(job, { reason: jobReason(job), waitsUntil, expectedFinishAt, cost }),
  }
  if (job.status !== 'needsYou' || job.needsYou === null) return { event, needs: undefined }
  return {
    event,
    needs: {
      type: 'needsYou',
      needs: { jobId: job.id, batchId: job.batchId, row: job.row, ...job.needsYou },
    },
  }
}

/** By the middle of what renders of its route took lately; null where it does not render, or nothing was measured. */
export function expectedFinish(job: JobRow, median: () => number | null): number | null {
  if (job.status !== 'running' || job.step !== 'poll' || job.submittedAt === null) return null
  const renderMs = median()
  return renderMs === null ? null : job.submittedAt + renderMs
}

/** What a job's last create cost, once that is known. */
const costOf = (tx: JobTx, job: JobRow): Money | null =>
  job.intentId === null ? null : costIn(job, tx.charge(job.intentId))

/** What a job's charge came to, once that is known; nobody knows it of one without a price or a bill. */
export function costIn(job: JobRow, charge: Charge | null): Money | null {
  if (charge === null || charge.state === 'released')
    return charge === null ? null : { ...charge.money, micros: 0, estimated: false }
  const isUnknown = job.estimate === null && charge.money.micros === 0 && charge.money.estimated
  return charge.state === 'confirmed' && !isUnknown ? charge.money : null
}
