import { z } from 'zod'
import { batchIdSchema, jobIdSchema, providerIdSchema } from '../../domain/ids.ts'
import { JOB_STATUSES, type JobView, type NeedsYou } from '../../domain/job.ts'
import { defineRoute, gives, nothing, pageOf, someOf } from '../route.ts'
import type { BatchView } from '../../domain/batch.ts'
import type { CancelReport, RetryReport } from '../reports.ts'
import type { JobDetail, LaneView, Page, TonightView } from '../../domain/views.ts'

const jobTarget = z.union([
  z.strictObject({ jobs: someOf(jobIdSchema) }),
  z.strictObject({ batches: someOf(batchIdSchema) }),
  z.strictObject({ all: z.literal(true) }),
])
const pauseTarget = z.union([
  jobTarget,
  z.strictObject({ lane: z.strictObject({ provider: providerIdSchema }) }),
])

export const queueRoutes = {
  'queue.tonight': defineRoute(nothing, gives<TonightView>()),
  'queue.batches': defineRoute(
    z.strictObject({ unfinishedOnly: z.boolean() }),
    gives<readonly BatchView[]>(),
  ),
  'queue.batch': defineRoute(z.strictObject({ batchId: batchIdSchema }), gives<BatchView>()),
  'queue.jobs': defineRoute(
    z.strictObject({
      filter: z.strictObject({
        batchId: batchIdSchema.optional(),
        statuses: z.array(z.enum(JOB_STATUSES)).optional(),
        provider: providerIdSchema.optional(),
        text: z.string().max(200).optional(),
      }),
      ...pageOf(500),
    }),
    gives<Page<JobView>>(),
  ),
  'queue.job': defineRoute(z.strictObject({ jobId: jobIdSchema }), gives<JobDetail>()),
  'queue.lanes': defineRoute(nothing, gives<readonly LaneView[]>()),
  'queue.needsYou': defineRoute(nothing, gives<readonly NeedsYou[]>()),

  'queue.pause': defineRoute(z.strictObject({ target: pauseTarget }), gives<void>()),
  'queue.resume': defineRoute(z.strictObject({ target: pauseTarget }), gives<void>()),
  'queue.cancel': defineRoute(z.strictObject({ target: jobTarget }), gives<CancelReport>()),
  'queue.retry': defineRoute(z.strictObject({ target: jobTarget }), gives<RetryReport>()),
  'queue.setCap': defineRoute(
    z.strictObject({
      batchId: batchIdSchema,
      cap: z
        .strictObject({ micros: z.int().nonnegative(), currency: z.string().regex(/^[A-Z]{3}$/) })
        .nullable(),
    }),
    gives<void>(),
  ),
  /** Settles a job that needs a person. */
  'queue.resolve': defineRoute(
    z.strictObject({
      jobId: jobIdSchema,
      how: z.discriminatedUnion('kind', [
        z.strictObject({
          kind: z.literal('adopt'),
          operationId: z.string().trim().min(1).max(500),
        }),
        z.strictObject({ kind: z.literal('sendAgain') }),
        z.strictObject({ kind: z.literal('giveUp') }),
        z.strictObject({ kind: z.literal('retryDownload') }),
      ]),
    }),
    gives<void>(),
  ),
  /** The person has seen that journal and database differed (see `TonightView.halted`). */
  'queue.acceptMerge': defineRoute(nothing, gives<void>()),
} as const
