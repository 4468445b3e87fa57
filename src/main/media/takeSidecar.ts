import { basename } from 'node:path'
import { err, ok } from '../../shared/domain/result.ts'
import type { WireDescription } from '../providers/spec.ts'
import type { SidecarEntry, Sidecars } from '../jobs/context.ts'
import type { JobRow } from '../jobs/jobRow.ts'
import type { JobStore } from '../jobs/ports.ts'
import type { RouteRequest } from '../../shared/domain/generation.ts'
import { sidecarPathFor, writeSidecar, type Sidecar } from './sidecar.ts'

export interface SidecarDeps {
  readonly store: JobStore
  readonly appVersion: string
  readonly now: () => number
  /** What was sent, files by digest and no secret; null where nothing was. */
  readonly describe: (job: JobRow, request: RouteRequest) => WireDescription | null
}

/** Writes beside each take all that is needed to make it again. */
export function createSidecars(deps: SidecarDeps): Sidecars {
  return {
    write: async (entry) => {
      const path = sidecarPathFor(entry.take.path)
      const written = await writeSidecar(path, sidecarOf(deps, entry))
      return written.ok ? ok(path) : err(written.error)
    },
  }
}

function sidecarOf(
  { store, appVersion, now, describe }: SidecarDeps,
  { job, take, facts, cost, renderMs }: SidecarEntry,
): Sidecar {
  const { batch, request, tags, template } = store.read((tx) => ({
    batch: tx.batch(job.batchId),
    request: tx.request(job.id),
    tags: tx.tags(job.id),
    template: tx.template(job.id),
  }))
  const sent = describe(job, request)
  return {
    format: 'dailies-take',
    version: 1,
    appVersion,
    takeId: take.id,
    jobId: job.id,
    batchId: job.batchId,
    batchName: batch?.name ?? '',
    project: batch?.project ?? null,
    row: job.row,
    take: job.take,
    takeNo: take.takeNo,
    tags: [...tags],
    prompt: job.prompt,
    template,
    provider: job.provider,
    model: job.model,
    modelName: job.modelName,
    route: job.route,
    seed: take.seed,
    request,
    sent: sent === null ? null : { ...sent },
    operationId: job.operation?.id ?? null,
    cost,
    times: {
      createdAt: job.createdAt,
      submittedAt: job.submittedAt,
      renderedAt: job.renderedAt,
      deliveredAt: now(),
    },
    renderMs,
    file: { name: basename(take.path), bytes: take.bytes, sha256: take.sha256 },
    facts: facts === null ? null : { ...facts },
  }
}
