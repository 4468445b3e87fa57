import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { JobRequest } from '../../../../src/shared/domain/job.ts'
import { otherWays } from '../../../../src/main/library/otherWays.ts'
import { priceNow } from '../../../../src/main/library/priceNow.ts'
import { bundledCatalogue, frameFile } from '../../../helpers/catalogueAsks.ts'
import { plan } from '../../../helpers/planning.ts'

const folder = mkdtempSync(join(tmpdir(), 'dailies-ways-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const catalogue = await bundledCatalogue()

async function jobOf(columns: string, cells: string): Promise<JobRequest> {
  const path = join(folder, 'batch.csv')
  writeFileSync(path, `prompt,${columns}\nA fox,${cells}`)
  const planned = await plan(path)
  const job = planned.ok ? planned.value.plan.jobs[0] : undefined
  if (job === undefined) throw new Error(JSON.stringify(planned))
  return job
}

/** Route ids with the request's fields, or why not. */
const waysOf = (job: JobRequest): readonly (readonly [string, unknown])[] =>
  otherWays(catalogue, job, 99).map(({ route, request }) => [
    route,
    request.ok ? request.value.request.fields : request.error,
  ])

it('the price of now is the one that was planned with, and a rehearsal has none', async () => {
  const job = await jobOf('model,duration', 'seedance-2.0,5')
  expect(priceNow(catalogue)(job, () => job.request)).toEqual(job.estimate)
  expect(priceNow(catalogue)({ ...job, provider: 'rehearsal' }, () => job.request)).toBeNull()
  expect(priceNow(catalogue)({ ...job, route: 'fal/gone' }, () => job.request)).toBeNull()
})

describe('other ways for a job', () => {
  it('are those of the other providers, planned as if they had been taken first', async () => {
    const job = await jobOf('model,duration', 'seedance-2.0,5')
    expect(job).toMatchObject({ provider: 'fal', routeNamed: false })
    const direct = await jobOf('model,provider,duration,seed', 'seedance-2.0,replicate,5,1')
    const [way] = otherWays(catalogue, job, 99)
    if (way?.request.ok !== true) throw new Error('no way')
    const { seed, ...fields } = way.request.value.request.fields
    const { seed: _own, ...expected } = direct.request.fields
    expect(fields).toEqual(expected)
    // The seed that was derived for the first way goes along.
    expect(seed).toBe(job.request.expect.seed)
    expect(way.request.value).toMatchObject({ estimate: direct.estimate, routeNamed: false })
  })

  it('begin from the picture that was brought in, not from what the first way made of it', async () => {
    const plain = await jobOf('model,duration', 'seedance-2.0,5')
    const original = frameFile('firstFrame')
    const fit = { how: 'crop', width: 720, height: 720 } as never
    const sent = { ...original, sha256: 'b'.repeat(64), original: { ...original, fit } }
    const request = { ...plain.request, mode: 'imageToVideo' as const, frames: [sent] }
    const [way] = otherWays(catalogue, { ...plain, request }, 99)
    const frames = way?.request.ok === true ? way.request.value.request.frames : []
    expect(frames).toMatchObject([{ sha256: original.sha256 }])
    expect(frames[0]).not.toHaveProperty('original')
  })

  it('fit pictures as the person wished, which every way can', async () => {
    const job = await jobOf('model,duration,options.frame_fit', 'seedance-2.0,5,pad')
    expect(waysOf(job).filter(([, told]) => typeof told === 'string')).toEqual([])
  })

  it.each([
    ['model,duration,resolution', 'hailuo-2.3,8,1080p', /6 s instead of 10 s/],
    ['model,duration,resolution', 'kling-v3,5,1080p', /1080p/],
    ['model,duration,options.magic', 'kling-v3,5,1', /the option magic/],
  ])('are none that would make another clip: %s %s', async (columns, cells, words) => {
    const told = waysOf(await jobOf(columns, cells)).map(([, why]) => String(why))
    expect(told.join('\n')).toMatch(words)
  })

  it('are none where what was asked for is not known any more', async () => {
    const job = await jobOf('model,duration', 'seedance-2.0,5')
    expect(waysOf({ ...job, asked: null })).toEqual([])
  })
})

describe('a row that names its way', () => {
  it.each([
    ['model,provider', 'seedance-2.0,fal', true],
    ['model', 'fal/seedance-2.0', true],
    ['model', 'seedance-2.0', false],
  ])('%s %s: %s', async (columns, cells, isNamed) => {
    expect((await jobOf(columns, cells)).routeNamed).toBe(isNamed)
  })
})
