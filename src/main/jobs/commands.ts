import type { BatchId, JobId } from '../../shared/domain/ids.ts'
import type { BatchPlan } from '../../shared/domain/batch.ts'
import { isTerminal, type PlannedJob } from '../../shared/domain/job.ts'
import type { Money } from '../../shared/domain/money.ts'
import { assertNever, err, ok, type Result } from '../../shared/domain/result.ts'
import type {
  Admitted,
  CancelReport,
  Commands,
  JobTarget,
  Resolution,
  RetryReport,
} from '../engine.ts'
import { applyEvent, persist } from './advance.ts'
import type { JobEvent } from './jobMachine.ts'
import type { QueueContext } from './context.ts'
import { intentOf, type JobRow } from './jobRow.ts'
import { jobEventView } from './jobView.ts'
import type { JobTx } from './ports.ts'
import { adopt, journalOutcome } from './steps/answer.ts'

type QueueCommands = Omit<Commands, 'updateTakes'>
type Refusal = { readonly code: string; readonly message: string }

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

async function admit(
  ctx: QueueContext,
  plan: BatchPlan,
  { again, mediaDir }: { again: boolean; mediaDir: string },
): Promise<Result<Admitted, Refusal>> {
  const at = ctx.clock.now()
  const batchId = ctx.chance.newId('batch')
  const ids = plan.jobs.map(() => ctx.chance.newId('job'))
  const refusal = await persist<Refusal | null>(ctx, (tx) => {
    const open = again ? null : tx.unfinishedBatch(plan.digest)
    if (open !== null)
      return {
        code: 'sameBatchUnfinished',
        message: `This batch is already here and unfinished (${open}). Use resume to go on with it, or --again to run it once more.`,
      }
    tx.insertBatch({ id: batchId, plan, outDir: plan.outDir ?? mediaDir, at })
    tx.insertJobs({ batchId, plan, ids, at })
    return null
  })
  if (refusal !== null) return err(refusal)
  ctx.emit({ type: 'batch', batchId })
  return ok({ batchId, jobs: ids.length, estimate: totalEstimate(plan.jobs) })
}

/** Null when any job is unpriced: a partial sum would under-report; or when currencies are mixed. */
export function totalEstimate(jobs: readonly PlannedJob[]): Money | null {
  const first = jobs[0]?.estimate ?? null
  if (first === null || jobs.some(({ estimate }) => estimate?.currency !== first.currency))
    return null
  const micros = jobs.reduce((sum, { estimate }) => sum + (estimate?.micros ?? 0), 0)
  return {
    micros,
    currency: first.currency,
    estimated: jobs.some(({ estimate }) => estimate?.estimated === true),
  }
}

/** The rows a target names; unknown ids are left out. */
function rowsOf(
  tx: JobTx,
  target: JobTarget,
  filter: { readonly open?: boolean; readonly retryable?: boolean },
): readonly JobRow[] {
  if ('all' in target) return tx.jobsOf('all', filter)
  if ('batches' in target) return target.batches.flatMap((id) => tx.jobsOf(id, filter))
  return target.jobs.flatMap((id) => tx.job(id) ?? [])
}

async function cancel(ctx: QueueContext, target: JobTarget): Promise<CancelReport> {
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

async function retry(ctx: QueueContext, target: JobTarget): Promise<RetryReport> {
  const at = ctx.clock.now()
  const report = await persist(ctx, (tx) => {
    const jobIds: JobId[] = []
    const skipped: { jobId: JobId; why: string }[] = []
    const events = []
    for (const job of rowsOf(tx, target, { retryable: true })) {
      const why = whyNotRetry(tx, job)
      if (why !== null) {
        skipped.push({ jobId: job.id, why })
        continue
      }
      const id = ctx.chance.newId('job')
      events.push(jobEventView(tx, tx.cloneJob(job.id, { id, at, asRetry: true })).event)
      jobIds.push(id)
    }
    return { jobIds, skipped, events }
  })
  for (const event of report.events) ctx.emit(event)
  return report
}

/** Bulk retry skips what has unsettled money (money rule 7). */
function whyNotRetry(tx: JobTx, job: JobRow): string | null {
  if (job.status !== 'failed' && job.status !== 'cancelled')
    return `It is ${job.status}; only failed and cancelled jobs are retried.`
  if (tx.retriedBy(job.id) !== null) return 'It was retried already.'
  const intent = job.intentId === null ? null : tx.intent(job.intentId)
  if (intent?.outcome === 'open' || (intent?.outcome === 'unknown' && intent.nextLookAt !== null))
    return 'Its last request may have been charged and is still looked for. Run its row again instead if that is what you want.'
  // Made again from the journal, which keeps no fields: what would be sent is not what was asked.
  if (Object.keys(tx.request(job.id).fields).length === 0)
    return 'Its request is not known in full. Run its row again instead.'
  return null
}

async function setPaused(
  ctx: QueueContext,
  target: Parameters<Commands['pause']>[0],
  paused: boolean,
): Promise<void> {
  await persist(ctx, (tx) => {
    if ('lane' in target) {
      const { provider } = target.lane
      // Resuming a lane also says that the person has seen what held it.
      for (const credential of ctx.credentials.of(provider))
        tx.setLane(
          provider,
          credential,
          paused ? { paused } : { paused, needsPerson: false, heldUntil: null, heldReason: null },
        )
    } else if ('all' in target) tx.setFlag('paused', paused ? String(ctx.clock.now()) : null)
    else if ('batches' in target) for (const id of target.batches) tx.setBatch(id, { paused })
    else
      for (const job of rowsOf(tx, target, {}))
        if (!isTerminal(job.status)) tx.updateJob(job.id, { paused })
  })
  ctx.emit({ type: 'lanes' })
  if ('batches' in target)
    for (const batchId of target.batches) ctx.emit({ type: 'batch', batchId })
}

async function resolve(
  ctx: QueueContext,
  jobId: JobId,
  how: Resolution,
): Promise<Result<void, Refusal>> {
  const outcome = await persist(
    ctx,
    (tx): Result<{ readonly batchId: BatchId; readonly job: JobRow }, Refusal> => {
      const job = tx.job(jobId)
      if (job === null)
        return err({ code: 'unknownJob', message: `There is no job ${jobId} here.` })
      if (job.status !== 'needsYou')
        return err({
          code: 'notWaiting',
          message: `${jobId} is ${job.status}: it does not wait for a decision.`,
        })
      const offered = job.needsYou?.actions ?? []
      if (!offered.includes(how.kind))
        return err({
          code: 'notOffered',
          message: `That is not possible for ${jobId}. Possible: ${offered.join(', ')}.`,
        })
      const changed = resolveIn(ctx, tx, { job, how })
      return changed.ok ? ok({ batchId: job.batchId, job: changed.value }) : changed
    },
  )
  if (!outcome.ok) return outcome
  const { job } = outcome.value
  if (how.kind === 'adopt' && job.operation !== null)
    await journalOutcome(ctx, {
      intentId: intentOf(job),
      outcome: 'accepted',
      operation: job.operation,
      at: ctx.clock.now(),
    })
  ctx.emit(ctx.store.read((tx) => jobEventView(tx, job)).event)
  return ok(undefined)
}

interface Resolving {
  readonly job: JobRow
  readonly how: Resolution
}

function resolveIn(ctx: QueueContext, tx: JobTx, { job, how }: Resolving): Result<JobRow, Refusal> {
  const event = resolutionEvent(ctx, tx, { job, how })
  return event.ok ? ok(applyEvent(tx, { job, at: ctx.clock.now() }, event.value)) : event
}

function resolutionEvent(
  ctx: QueueContext,
  tx: JobTx,
  { job, how }: Resolving,
): Result<JobEvent, Refusal> {
  const at = ctx.clock.now()
  switch (how.kind) {
    case 'adopt':
      return job.operation?.id === how.operationId
        ? ok({ type: 'lookAgain', runAt: at })
        : adoptById(ctx, tx, { job, operationId: how.operationId })
    case 'sendAgain':
      // The old intent stays watched: a late match becomes an extra take. Its money stays in doubt.
      return ok({ type: 'putBack', runAt: at })
    case 'giveUp': {
      const message = `Given up by you: ${job.needsYou?.message ?? ''}`
      return ok({ type: 'failed', error: { kind: 'unknown', code: 'GIVEN_UP', message } })
    }
    case 'retryDownload':
      return job.operation === null
        ? err({
            code: 'nothingToDownload',
            message: 'No operation is known for this job. Adopt its id first.',
          })
        : ok({ type: 'lookAgain', runAt: at })
    default:
      return assertNever(how)
  }
}

/** The person found the id in the provider's dashboard. */
function adoptById(
  ctx: QueueContext,
  tx: JobTx,
  { job, operationId }: { job: JobRow; operationId: string },
): Result<JobEvent, Refusal> {
  const intentId = intentOf(job)
  const owner = tx.operationOwner(job.provider, operationId)
  if (owner !== null) {
    return err({
      code: 'operationTaken',
      message: `${operationId} belongs to ${owner} already. Look up the id once more.`,
    })
  }
  const provider = ctx.providers.get(job.provider)
  const operation = provider?.operationFromId?.(operationId, tx.request(job.id))
  if (operation === undefined) {
    return err({
      code: 'cannotAdopt',
      message: `${job.provider} has no way to take up an operation by its id.`,
    })
  }
  if (tx.intent(intentId) !== null) {
    tx.updateIntent(intentId, {
      outcome: 'accepted',
      nextLookAt: null,
      settledAt: ctx.clock.now(),
      settledBy: 'person',
    })
  }
  return ok(adopt(ctx, { tx, job, intentId, operation }))
}
