import type { Admitted } from '../shared/ipc/reports.ts'
import type { JobView, NeedsYou, PlannedJob } from '../shared/domain/job.ts'
import type { Money } from '../shared/domain/money.ts'
import type { Problem } from '../shared/domain/errors.ts'
import type { TakeView } from '../shared/domain/take.ts'
import type { WireDescription } from '../main/providers/spec.ts'

/** One line of `--json` output; `event` comes first. Absent fields are left out. */
export type CliEvent = { readonly event: string } & Readonly<Record<string, unknown>>

export const problemEvent = ({ row, column, code, message, mend }: Problem): CliEvent => ({
  event: 'problem',
  row,
  column,
  code,
  message,
  mend,
})

/** @param wire what would be sent; null for rehearsal */
export const plannedEvent = (job: PlannedJob, wire: WireDescription | null): CliEvent => ({
  event: 'planned',
  row: job.row,
  take: job.take,
  prompt: job.prompt,
  provider: job.provider,
  model: job.model,
  route: job.route,
  routeWhy: job.routeWhy ?? null,
  mode: job.request.mode,
  wire,
  warnings: job.warnings,
  estimate: job.estimate,
})

export const admittedEvent = ({ batchId, jobs, estimate }: Admitted): CliEvent => ({
  event: 'admitted',
  batchId,
  jobs,
  estimate,
})

export const jobEvent = (job: JobView): CliEvent => ({
  event: 'job',
  jobId: job.id,
  batchId: job.batchId,
  row: job.row,
  take: job.take,
  prompt: job.prompt,
  provider: job.provider,
  model: job.model,
  status: job.status,
  step: job.step,
  reason: job.reason ?? undefined,
  attempt: job.attempt,
  operation: job.operationId ?? undefined,
  moved: job.moved ?? undefined,
  error: job.error === null ? undefined : errorFields(job.error),
})

const errorFields = ({ kind, code, message, requestId }: NonNullable<JobView['error']>) => ({
  kind,
  code,
  message,
  requestId,
})

export const takeEvent = (take: TakeView): CliEvent => ({
  event: 'take',
  takeId: take.id,
  jobId: take.jobId,
  batchId: take.batchId,
  row: take.row,
  prompt: take.prompt,
  provider: take.provider,
  model: take.model,
  seed: take.seed ?? undefined,
  path: take.path,
  posterPath: take.posterPath,
  filmstripPath: take.filmstripPath,
  sidecarPath: take.sidecarPath,
  bytes: take.bytes,
  sha256: take.sha256,
  durationSeconds: take.durationSeconds,
  width: take.width,
  height: take.height,
  fps: take.fps,
  hasAudio: take.hasAudio,
  cost: take.cost,
})

export const needsYouEvent = (needs: NeedsYou): CliEvent => ({
  event: 'needsYou',
  jobId: needs.jobId,
  row: needs.row,
  code: needs.code,
  message: needs.message,
  evidence: needs.evidence,
  actions: needs.actions,
})

export interface Summary {
  /** Null when it is about everything in the data folder. */
  readonly batchId: string | null
  readonly succeeded: number
  readonly failed: number
  readonly cancelled: number
  readonly needsYou: number
  /** Neither done nor with a person: queued, waiting, and what still runs at the provider. */
  readonly waiting: number
  readonly spent: Money
  readonly wallMs: number
}

export const summaryEvent = (summary: Summary): CliEvent => ({ event: 'summary', ...summary })
