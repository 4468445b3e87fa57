import { z } from 'zod'
import {
  batchIdSchema,
  jobIdSchema,
  providerIdSchema,
  routeIdSchema,
  type JobId,
} from '../../domain/ids.ts'
import { JOB_STATUSES, type JobView, type Needs } from '../../domain/job.ts'
import { jobValuesSchema, type EditCheck, type JobValues } from '../../domain/jobEdit.ts'
import { MOST_CHOSEN } from '../../domain/views.ts'
import { defineRoute, gives, nothing, pageOf, searchText, someOf } from '../route.ts'
import type { Asks } from '../../domain/asks.ts'
import type { BatchView } from '../../domain/batch.ts'
import type { CancelReport, ChangeReport, RetryReport, UndoReport } from '../reports.ts'
import type {
  CapView,
  FailureGroup,
  JobDetail,
  LaneView,
  Page,
  ProjectView,
  QueueFacets,
  TonightView,
} from '../../domain/views.ts'

const someJobs = z.array(jobIdSchema).min(1).max(MOST_CHOSEN)
const jobTarget = z.union([
  z.strictObject({ jobs: someJobs }),
  z.strictObject({ batches: someOf(batchIdSchema) }),
  z.strictObject({ all: z.literal(true) }),
])
const jobFilter = z.strictObject({
  batchId: batchIdSchema.optional(),
  statuses: z.array(z.enum(JOB_STATUSES)).optional(),
  provider: providerIdSchema.optional(),
  model: z.string().max(200).optional(),
  project: z.string().max(200).optional(),
  text: searchText.optional(),
})
const failureTarget = z.strictObject({
  failure: z.strictObject({
    kind: z.string().max(100),
    code: z.string().max(200),
    refusedPart: z.string().max(40).nullable().optional(),
    since: z.number().optional(),
  }),
  filter: jobFilter,
})
const projectName = z.string().trim().min(1).max(200)
const pauseTarget = z.union([
  jobTarget,
  z.strictObject({ lane: z.strictObject({ provider: providerIdSchema }) }),
  z.strictObject({ route: routeIdSchema }),
])

const capSchema = z.strictObject({
  micros: z.int().nonnegative(),
  currency: z.string().regex(/^[A-Z]{3}$/),
})

export const queueRoutes = {
  'queue.tonight': defineRoute(nothing, gives<TonightView>()),
  'queue.batches': defineRoute(
    z.strictObject({ unfinishedOnly: z.boolean() }),
    gives<readonly BatchView[]>(),
  ),
  'queue.batch': defineRoute(z.strictObject({ batchId: batchIdSchema }), gives<BatchView>()),
  'queue.jobs': defineRoute(
    z.strictObject({
      filter: jobFilter,
      ...pageOf(500),
    }),
    gives<Page<JobView>>(),
  ),
  /** For choosing many at once: all that a filter shows, in order. */
  'queue.ids': defineRoute(z.strictObject({ filter: jobFilter }), gives<readonly JobId[]>()),
  'queue.facets': defineRoute(z.strictObject({ filter: jobFilter }), gives<QueueFacets>()),
  /** Failed jobs by class and cause, among those that a filter shows. */
  'queue.failures': defineRoute(
    z.strictObject({ filter: jobFilter }),
    gives<readonly FailureGroup[]>(),
  ),
  'queue.job': defineRoute(z.strictObject({ jobId: jobIdSchema }), gives<JobDetail>()),
  'queue.lanes': defineRoute(nothing, gives<readonly LaneView[]>()),
  'queue.asks': defineRoute(nothing, gives<Asks>()),
  'queue.needsYou': defineRoute(nothing, gives<Needs>()),

  'queue.pause': defineRoute(
    z.strictObject({ target: pauseTarget, hold: z.boolean().optional() }),
    gives<ChangeReport>(),
  ),
  'queue.resume': defineRoute(z.strictObject({ target: pauseTarget }), gives<ChangeReport>()),
  'queue.cancel': defineRoute(
    z.strictObject({ target: jobTarget, unsentOnly: z.boolean().optional() }),
    gives<CancelReport>(),
  ),
  /** `despiteDoubt` only after the person was told that it may pay twice. */
  'queue.retry': defineRoute(
    z.strictObject({
      target: z.union([jobTarget, failureTarget]),
      despiteDoubt: z.boolean().optional(),
    }),
    gives<RetryReport>(),
  ),
  'queue.move': defineRoute(
    z.strictObject({
      jobs: someJobs,
      to: z.union([
        z.strictObject({ place: z.enum(['top', 'bottom']) }),
        z.strictObject({ place: z.int().min(1) }),
        z.strictObject({ before: jobIdSchema }),
        z.strictObject({ after: jobIdSchema }),
      ]),
    }),
    gives<ChangeReport>(),
  ),
  'queue.setPriority': defineRoute(
    z.strictObject({ target: jobTarget, priority: z.int().min(-1).max(1) }),
    gives<ChangeReport>(),
  ),
  /** The batch stops before these jobs and asks; off: it goes on. */
  'queue.setBreakPoint': defineRoute(
    z.strictObject({ jobs: someJobs, isOn: z.boolean() }),
    gives<ChangeReport>(),
  ),
  'queue.duplicate': defineRoute(z.strictObject({ jobs: someJobs }), gives<ChangeReport>()),
  /** Clears ended jobs from the queue; their takes stay. */
  'queue.prune': defineRoute(z.strictObject({ target: jobTarget }), gives<ChangeReport>()),
  'queue.undo': defineRoute(z.strictObject({ undo: z.int().nonnegative() }), gives<UndoReport>()),
  /** What a job that waits asks for, to edit it from; refused once something of it may have left. */
  'queue.valuesOf': defineRoute(z.strictObject({ jobId: jobIdSchema }), gives<JobValues>()),
  'queue.checkEdit': defineRoute(
    z.strictObject({ jobId: jobIdSchema, values: jobValuesSchema }),
    gives<EditCheck>(),
  ),
  'queue.edit': defineRoute(
    z.strictObject({ jobId: jobIdSchema, values: jobValuesSchema }),
    gives<ChangeReport>(),
  ),
  'queue.projects': defineRoute(nothing, gives<readonly ProjectView[]>()),
  'queue.setProjectCap': defineRoute(
    z.strictObject({ name: projectName, cap: capSchema.nullable() }),
    gives<void>(),
  ),
  /** Asks the person for a folder; false when none was chosen. */
  'queue.chooseProjectFolder': defineRoute(z.strictObject({ name: projectName }), gives<boolean>()),
  'queue.setCap': defineRoute(
    z.strictObject({
      batchId: batchIdSchema,
      cap: capSchema.nullable(),
    }),
    gives<void>(),
  ),
  'queue.caps': defineRoute(nothing, gives<readonly CapView[]>()),
  'queue.setPeriodCap': defineRoute(
    z.strictObject({ scope: z.enum(['night', 'month']), cap: capSchema.nullable() }),
    gives<void>(),
  ),
  /** Ways on for jobs that the cap of a night or a month holds back. */
  'queue.answerCap': defineRoute(
    z.strictObject({
      how: z.enum(['raise', 'once']),
      scope: z.enum(['night', 'month']),
      upTo: capSchema,
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
