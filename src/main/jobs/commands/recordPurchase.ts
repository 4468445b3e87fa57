import { createHash } from 'node:crypto'
import type { BatchPlan } from '../../../shared/domain/batch.ts'
import { FREE } from '../../../shared/domain/money.ts'
import type { Purchase } from '../../engine.ts'
import { applyEvent, persist } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import { intentOf } from '../jobRow.ts'
import { journalled } from '../journalled.ts'
import { jobEventView } from '../jobView.ts'
import { periodsAt } from '../periods.ts'
import type { NewIntent } from '../intentPort.ts'
import type { JobTx } from '../ports.ts'
import { adopt, journalOutcome } from '../steps/answer.ts'

/** Once: what is in the queue already stays as it is. */
export async function recordPurchase(
  ctx: QueueContext,
  purchase: Purchase,
  mediaDir: string,
): Promise<void> {
  const ids = { batch: ctx.chance.newId('batch'), job: ctx.chance.newId('job') }
  const made = await persist(ctx, (tx) => insert(ctx, tx, { purchase, ids, mediaDir }))
  if (made === null) return
  const { intent, reservation, view } = made
  await journalled(ctx, (journal) => journal.intent({ intent, reservation }))
  const { operation } = purchase
  await journalOutcome(ctx, {
    intentId: intent.id,
    outcome: 'accepted',
    operation,
    at: ctx.clock.now(),
  })
  ctx.emit({ type: 'batch', batchId: ids.batch })
  ctx.emit(view.event)
}

interface Insertion {
  readonly purchase: Purchase
  readonly ids: { readonly batch: `batch_${string}`; readonly job: `job_${string}` }
  readonly mediaDir: string
}

/** In one transaction, so that no claim can send the job that is already under way. */
function insert(ctx: QueueContext, tx: JobTx, { purchase, ids, mediaDir }: Insertion) {
  const { provider, operation, credential, wire, askedAt, estimate } = purchase
  if (tx.operationOwner(provider, operation.id) !== null) return null
  const at = ctx.clock.now()
  const plan = planOf(purchase)
  tx.insertBatch({ id: ids.batch, plan, outDir: mediaDir, at })
  tx.insertJobs({ batchId: ids.batch, plan, ids: [ids.job], at })
  const queued = tx.job(ids.job)
  if (queued === null) throw new TypeError(`${ids.job} is not in the database`)
  const claimed = applyEvent(tx, { job: queued, at }, { type: 'claimed', run: ctx.run, credential })
  const intent: NewIntent = {
    id: intentOf(claimed),
    job: claimed,
    credential,
    endpoint: purchase.request.endpoint,
    wire,
    bodySha256: createHash('sha256').update(wire.body).digest('hex'),
    at: askedAt,
  }
  const reservation = estimate ?? FREE
  const periods = periodsAt(tx.advanceClock(at), tx.timeZone())
  tx.addCharge({ intentId: intent.id, job: claimed, amount: reservation, periods, at })
  tx.insertIntent(intent)
  tx.updateIntent(intent.id, {
    outcome: 'accepted',
    nextLookAt: null,
    settledAt: at,
    settledBy: 'answer',
  })
  const event = adopt(ctx, { tx, job: claimed, intentId: intent.id, operation })
  const running = applyEvent(tx, { job: claimed, at }, event)
  return { intent, reservation, view: jobEventView(tx, running) }
}

function planOf(purchase: Purchase): BatchPlan {
  const { prompt, provider, model, modelName, route, request, estimate } = purchase
  const what = { prompt, provider, model, modelName, route, request, estimate }
  return {
    name: 'Bought by a price question',
    digest: '',
    source: 'priceQuestion',
    project: null,
    cap: null,
    allowUnpriced: true,
    tonight: false,
    concurrency: null,
    outDir: null,
    jobs: [{ ...what, row: 1, take: 1, name: null, tags: [], warnings: [] }],
  }
}
