import type { TakeId } from '../../../shared/domain/ids.ts'
import type { MediaFacts, TakeView } from '../../../shared/domain/take.ts'
import { advance } from '../advance.ts'
import type { QueueContext } from '../context.ts'
import { costIn } from '../jobView.ts'
import { intentOf, type JobRow } from '../jobRow.ts'
import type { FinishedTake, JobTx, TakeRow } from '../ports.ts'

/** Facts, poster, filmstrip, sidecar. Best effort: a delivered take never fails for want of a thumbnail. */
export async function finishStep(ctx: QueueContext, job: JobRow): Promise<void> {
  const takes = ctx.store.read((tx) => tx.takesOf(job.id))
  const charge = ctx.store.read((tx) => tx.charge(intentOf(job)))
  const cost = costIn(job, charge)
  const renderMs =
    job.submittedAt === null || job.renderedAt === null
      ? null
      : Math.max(0, job.renderedAt - job.submittedAt)
  const finished: (readonly [TakeId, FinishedTake])[] = []
  for (const [index, take] of takes.entries()) {
    const facts = await factsOf(ctx, take)
    const stills = facts === null ? null : await stillsOf(ctx, take, facts)
    const share = { job, take, facts, cost: index === 0 ? cost : null, renderMs }
    const sidecar = await ctx.sidecars.write(share)
    if (!sidecar.ok)
      ctx.log.warn({ jobId: job.id, code: sidecar.error.code }, sidecar.error.message)
    finished.push([
      take.id,
      {
        facts,
        posterPath: stills?.posterPath ?? null,
        filmstripPath: stills?.filmstripPath ?? null,
        sidecarPath: sidecar.ok ? sidecar.value : null,
        cost: share.cost,
        renderMs,
      },
    ])
  }
  if (ctx.signal.aborted) {
    await advance(ctx, job, () => ({ type: 'recovered' }))
    return
  }
  const views: TakeView[] = []
  await advance(ctx, job, (tx) => {
    views.splice(
      0,
      views.length,
      ...finished.flatMap(([id, facts]) => tx.finishTake(id, facts) ?? []),
    )
    if (renderMs !== null && charge !== null) measure(ctx, job, { tx, finished, takes, renderMs })
    return { type: 'finished' }
  })
  for (const take of views) ctx.emit({ type: 'take', take })
  if (job.operation !== null) await ctx.providers.get(job.provider)?.forget?.(job.operation)
}

interface Measured {
  readonly tx: JobTx
  readonly finished: readonly (readonly [TakeId, FinishedTake])[]
  readonly takes: readonly TakeRow[]
  readonly renderMs: number
}

/** What later renders of the route are expected to take. */
function measure(
  ctx: QueueContext,
  job: JobRow,
  { tx, finished, takes, renderMs }: Measured,
): void {
  const facts = finished[0]?.[1].facts
  const bytes = takes[0]?.bytes
  if (facts === null || facts === undefined || bytes === undefined) return
  tx.addRenderTime({
    route: job.route,
    at: ctx.clock.now(),
    renderMs: Math.round(ctx.unscaled(renderMs)),
    outputSeconds: facts.durationSeconds,
    bytes,
  })
}

async function factsOf(ctx: QueueContext, take: TakeRow): Promise<MediaFacts | null> {
  const facts = await ctx.media.facts(take.path, ctx.signal)
  if (facts.ok) return facts.value
  ctx.log.warn({ takeId: take.id, code: facts.error.code }, facts.error.message)
  return null
}

async function stillsOf(
  ctx: QueueContext,
  take: TakeRow,
  facts: MediaFacts,
): Promise<{ posterPath: string; filmstripPath: string } | null> {
  const base = take.path.replace(/\.[^./\\]+$/, '')
  const paths = { posterPath: `${base}.poster.jpg`, filmstripPath: `${base}.filmstrip.jpg` }
  const made = await ctx.media.stills({ videoPath: take.path, facts, ...paths }, ctx.signal)
  if (made.ok) return paths
  ctx.log.warn({ takeId: take.id, code: made.error.code }, made.error.message)
  return null
}
