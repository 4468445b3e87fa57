import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import type { SentJob } from '../../../src/main/library/drafts/askedAgain.ts'
import { draftFromTakes } from '../../../src/main/library/drafts/draftFromTakes.ts'
import type { DraftRow } from '../../../src/shared/domain/draft.ts'
import type { JobId } from '../../../src/shared/domain/ids.ts'
import type { PlannedJob } from '../../../src/shared/domain/job.ts'
import { ffmpeg } from '../../helpers/clips.ts'
import { flags } from '../../../src/main/media/ffmpegArgs.ts'
import { sampleTake } from '../../helpers/sampleTake.ts'
import { draftHouse, draftOf, rowOf, type DraftHouse } from './draftHouse.ts'

let house: DraftHouse
beforeEach(() => void (house = draftHouse()))
afterEach(() => house.close())

async function planned(rows: readonly DraftRow[]): Promise<readonly PlannedJob[]> {
  const draft = await draftOf(house, rows)
  const plan = await house.plans.plan(draft.id, 'now')
  if (!plan.ok) throw new Error(plan.error.message)
  return plan.value.plan.jobs
}

/** As if each job had been delivered once. */
function delivered(jobs: readonly PlannedJob[]) {
  const details = new Map<JobId, SentJob>()
  const takes = jobs.map((job, at) => {
    const jobId: JobId = `job_000${at}`
    const { route, request } = job
    details.set(jobId, { job: { ...job, mode: request.mode, route }, request })
    const { row, take, prompt, provider, model, modelName, tags } = job
    return sampleTake({ jobId, row, take, prompt, provider, model, modelName, tags })
  })
  let ids = 0
  const options = {
    drafts: house.drafts,
    frames: house.frames,
    catalogue: house.catalogue,
    job: (id: JobId) => details.get(id) ?? null,
    newId: () => `0again${String((ids += 1)).padStart(4, '0')}`,
  }
  return { takes, options }
}

const MODELS = [
  { model: 'kling-v3', provider: 'fal' },
  { model: 'veo-3.1', provider: 'fal' },
  { model: 'kling-v3', provider: 'lumenfall' },
  { model: 'kling-v3', provider: 'replicate' },
  { model: 'rehearsal', provider: 'rehearsal' },
] as const

test.each(MODELS)(
  'more like this: $model on $provider sends the very same request',
  async (choice) => {
    const row = rowOf(1, { models: [choice], duration: '8', seed: '42', tags: ['hero'] })
    const jobs = await planned([row])
    const { takes, options } = delivered(jobs)
    const draft = await draftFromTakes(options, { name: 'More', takes, seed: 'same' })
    if (draft === null) throw new Error('no draft')
    const again = await house.plans.plan(draft.id, 'now')
    if (!again.ok) throw new Error(again.error.message)
    expect(again.value.plan.jobs[0]?.request).toEqual(jobs[0]?.request)
    expect(again.value.plan.jobs[0]?.tags).toEqual(['hero'])
  },
)

test('more like this keeps options of every type, and how its picture was fitted', async () => {
  const path = join(house.folder, 'tall.png')
  await ffmpeg([...flags('-f lavfi -i color=red:s=400x900 -frames:v 1'), path])
  const { frames } = await house.frameImport.fromPaths([path])
  const options = { frame_fit: 'crop 10% 90%', code: '"0042"', styles: '["a","b"]', cfg: '0.5' }
  const row = rowOf(1, {
    models: [MODELS[0]],
    firstFrame: frames[0]?.id ?? null,
    aspectRatio: '16:9',
    seed: '42',
    options,
  })
  const jobs = await planned([row])
  const { takes, options: tools } = delivered(jobs)
  const draft = await draftFromTakes(tools, { name: 'More', takes, seed: 'same' })
  const again = await house.plans.plan(draft?.id ?? 'draft_none', 'now')
  if (!again.ok) throw new Error(again.error.message)
  expect(again.value.plan.jobs[0]?.request).toEqual(jobs[0]?.request)
})

test('rejected takes of one request are one row, with its braces as they were and no seed', async () => {
  const prompt = 'A sign that says \\{\\{sale\\}\\}'
  const jobs = await planned([rowOf(1, { prompt, takes: '3', seed: '7' })])
  const { takes, options } = delivered(jobs)
  const wish = { name: 'Again', takes, seed: 'new', takesEach: 4 } as const
  const draft = await draftFromTakes(options, wish)
  expect(draft).toMatchObject({ name: 'Again', rows: 1 })
  const { rows } = house.drafts.rows({
    draftId: draft?.id ?? 'draft_none',
    after: null,
    limit: 10,
  })
  expect(rows[0]).toMatchObject({
    prompt: 'A sign that says {{sale}}',
    plain: true,
    seed: '',
    takes: '4',
  })
})

test('takes whose request nobody knows make no draft', async () => {
  const { options } = delivered([])
  const wish = { name: 'None', takes: [sampleTake()], seed: 'new' } as const
  expect(await draftFromTakes(options, wish)).toBeNull()
})
