import type { BatchPlan } from '../../../src/shared/domain/batch.ts'
import type { JobId } from '../../../src/shared/domain/ids.ts'
import type { PlannedJob } from '../../../src/shared/domain/job.ts'
import { createJobStore } from '../../../src/main/storage/jobStore.ts'
import { CommitGroup } from '../../../src/main/storage/commitGroup.ts'
import { revisionsFrom } from '../../../src/main/storage/revisions.ts'
import type { SqlDatabase } from '../../../src/main/storage/sqlite.ts'
import { NOW } from './dataFolder.ts'

export const jobIdFor = (job: number): JobId => `job_${String(job).padStart(8, '0')}`

export function plannedJob(row: number, change: Partial<PlannedJob> = {}): PlannedJob {
  const prompt = change.prompt ?? `a harbour at dawn, ${row}`
  const expect = { prompt, durationSeconds: 5, width: 1280, height: 720, fps: 24, hasAudio: true }
  return {
    row,
    take: 1,
    name: null,
    tags: [],
    prompt,
    provider: 'fal',
    model: 'kling-v3',
    modelName: 'Kling 3',
    route: 'fal/kling-v3',
    request: {
      version: 1,
      endpoint: 'kling/v3',
      fields: {},
      frames: [],
      mode: 'textToVideo',
      expect,
    },
    warnings: [],
    estimate: { micros: 500_000, currency: 'USD', estimated: true },
    ...change,
  }
}

export const planOf = (
  jobs: readonly PlannedJob[],
  change: Partial<BatchPlan> = {},
): BatchPlan => ({
  name: 'harbour',
  digest: 'digest',
  source: 'harbour.csv',
  project: null,
  cap: null,
  allowUnpriced: false,
  tonight: false,
  concurrency: null,
  outDir: null,
  jobs,
  ...change,
})

/** Admits a batch straight into the store. Job ids count from `firstJob`. */
export async function admit(
  db: SqlDatabase,
  plan: BatchPlan,
  { batch = 1, firstJob = 1 }: { readonly batch?: number; readonly firstJob?: number } = {},
): Promise<void> {
  const store = createJobStore({
    db,
    group: new CommitGroup(db),
    newTakeId: () => `take_${batch}${firstJob}00`,
    revisions: revisionsFrom(db),
  })
  const batchId = `batch_${String(batch).padStart(4, '0')}` as const
  await store.write((tx) => {
    tx.insertBatch({ id: batchId, plan, outDir: '/clips', at: NOW })
    tx.insertJobs({ batchId, plan, ids: plan.jobs.map((_, i) => jobIdFor(firstJob + i)), at: NOW })
  })
}
