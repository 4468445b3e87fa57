import { existsSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { folderWith } from '../../../../helpers/folder.ts'
import { framesIn, plan, PNG, type PlanCase } from '../../../../helpers/planning.ts'

const REHEARSAL: PlanCase = { defaults: { provider: 'rehearsal' } }

async function planned(csv: string, options: PlanCase = REHEARSAL, name = 'b.csv') {
  const path = join(folderWith({ [name]: csv, 'first.png': PNG, 'last.png': PNG }), name)
  const result = await plan(path, options)
  if (!result.ok) throw new Error(result.error.map(({ message }) => message).join(' '))
  return result.value
}

const jobsOf = async (csv: string, options?: PlanCase, name?: string) =>
  (await planned(csv, options, name)).plan.jobs

describe('jobs of a batch file', () => {
  test('rows become jobs with their row, take, prompt and route', async () => {
    const jobs = await jobsOf('prompt,takes,name,tags\na cat,2,cat,"pets, night"\n\na dog,,,\n')
    expect(
      jobs.map(({ row, take, prompt, name, tags, route }) => [
        row,
        take,
        prompt,
        name,
        tags,
        route,
      ]),
    ).toEqual([
      [2, 1, 'a cat', 'cat', ['pets', 'night'], 'rehearsal/rehearsal'],
      [2, 2, 'a cat', 'cat', ['pets', 'night'], 'rehearsal/rehearsal'],
      [4, 1, 'a dog', null, [], 'rehearsal/rehearsal'],
    ])
    expect(jobs[0]?.estimate).toEqual({ micros: 0, currency: 'USD', estimated: false })
  })

  test('what is asked reaches the request', async () => {
    const csv = 'prompt,size,duration,first_frame,seed\na cat,640x360,2.5,first.png,0\n'
    const [job] = await jobsOf(csv)
    expect(job?.request.mode).toBe('imageToVideo')
    expect(job?.request.expect).toMatchObject({
      width: 640,
      height: 360,
      durationSeconds: 2.5,
      seed: 0,
    })
    expect(job?.request.frames).toMatchObject([
      { kind: 'file', role: 'firstFrame', name: 'first.png' },
    ])
  })

  test('any other column is a variable, and so is a known one', async () => {
    const csv = 'prompt,Home Town,name\n{{name}} in {{home town}},"Ulm, old",Ada'
    expect((await jobsOf(csv)).map(({ prompt }) => prompt)).toEqual(['Ada in Ulm, old'])
  })

  test('prompts are not templates when the person says so', async () => {
    const [job] = await jobsOf('prompt\n{a|b} {{c}}', { ...REHEARSAL, plain: true })
    expect(job?.prompt).toBe('{a|b} {{c}}')
  })

  test('several models of a row are one job each', async () => {
    const csv = 'prompt,model\na cat,"kling-v3, veo-3.1"\na dog,kling-v3|veo-3.1|kling-v3'
    const jobs = await jobsOf(csv, {})
    expect(jobs.map(({ row, model, take }) => [row, model, take])).toEqual([
      [2, 'kling-v3', 1],
      [2, 'veo-3.1', 1],
      [3, 'kling-v3', 1],
      [3, 'veo-3.1', 1],
    ])
  })

  test('options are defaults: a value in the row wins', async () => {
    const csv = 'prompt,duration,size\na cat,3,\na dog,,9:16'
    const defaults = { provider: 'rehearsal', duration: '2s', size: '1280x720' }
    const sizes = (await jobsOf(csv, { defaults })).map(({ request: { expect: out } }) => [
      out.durationSeconds,
      out.width > out.height,
    ])
    expect(sizes).toEqual([
      [3, true],
      [2, false],
    ])
  })

  test('a resolution in the row is not beaten by the exact size of an option', async () => {
    const csv = 'prompt,resolution\na cat,1080p'
    const defaults = { model: 'veo-3.1', provider: 'fal', size: '1280x720' }
    const [job] = await jobsOf(csv, { defaults })
    expect(job?.request.expect).toMatchObject({ width: 1920, height: 1080 })
    expect(job?.warnings).toEqual([])
  })

  test('the rehearsal pretends to be the model that was named', async () => {
    const csv = 'prompt,model,provider\na cat,veo-3.1,fal\na dog,,'
    const jobs = await jobsOf(csv, { rehearse: true })
    expect(jobs.map(({ provider, model, modelName }) => [provider, model, modelName])).toEqual([
      ['rehearsal', 'veo-3.1', 'Veo 3.1'],
      ['rehearsal', 'rehearsal', 'Rehearsal'],
    ])
    expect(jobs.every(({ estimate }) => estimate?.micros === 0)).toBe(true)
  })

  test('options.NAME keeps its type, and n is as many jobs', async () => {
    const csv = 'prompt,model,options.cfg_scale,options.n,takes\n{a|b} cat,fal/kling-v3,0.5,2,2'
    const jobs = await jobsOf(csv, {})
    expect(jobs.map(({ prompt, take }) => `${prompt} ${take}`)).toEqual(
      ['a', 'b'].flatMap((word) => [1, 2, 3, 4].map((take) => `${word} cat ${take}`)),
    )
    expect(jobs[0]?.request.fields['cfg_scale']).toBe(0.5)
  })

  test('a JSON batch brings its name, defaults and lists', async () => {
    const json = {
      name: 'Night one',
      defaults: { provider: 'rehearsal', options: { x: '5' } },
      rows: [{ prompt: 'in __weather__' }],
      lists: { weather: ['rain', 'snow'] },
    }
    const { plan: batch } = await planned(JSON.stringify(json), {}, 'b.json')
    expect(batch.name).toBe('Night one')
    expect(batch.jobs.map(({ row, prompt }) => [row, prompt])).toEqual([
      [1, 'in rain'],
      [1, 'in snow'],
    ])
  })
})

describe('seeds', () => {
  const csv = 'prompt,seed,takes\n{red|blue} car,7,2\nroad,,3'
  const seeds = async () => (await jobsOf(csv)).map(({ request }) => request.expect.seed)

  test('a given seed grows by one with every prompt and take of its row', async () => {
    expect((await seeds()).slice(0, 4)).toEqual([7, 8, 9, 10])
  })

  test('without one, seeds are derived: different, and the same at every reading', async () => {
    const first = await seeds()
    expect(new Set(first.slice(4)).size).toBe(3)
    expect(await seeds()).toEqual(first)
  })

  test('models of a row share them, so they can be compared', async () => {
    const jobs = await jobsOf('prompt,model,seed,takes\ncar,fal/wan-2.7|fal/ltx-2.3,5,2', {
      rehearse: true,
    })
    expect(jobs.map(({ take }) => take)).toEqual([1, 2, 1, 2])
  })
})

describe('the digest', () => {
  const digest = async (csv: string, options?: PlanCase) =>
    (await planned(csv, options)).plan.digest

  test('is of content and of the options that change requests, not of caps and places', async () => {
    const first = await digest('prompt\na')
    expect(
      await digest('prompt\na', { ...REHEARSAL, batch: { name: 'other', concurrency: 2 } }),
    ).toBe(first)
    expect(await digest('prompt\nb')).not.toBe(first)
    expect(await digest('prompt\na', { defaults: { provider: 'rehearsal', takes: '2' } })).not.toBe(
      first,
    )
    expect(await digest('prompt\na', { ...REHEARSAL, expand: { kind: 'pairs' } })).not.toBe(first)
  })
})

describe('money', () => {
  test('totals are per model and provider, and say what has no price', async () => {
    const csv =
      'prompt,model,provider,duration\na,kling-v3,fal,5\nb,kling-v3,fal,5\nc,wan-2.6,fal,5'
    const { models, estimate, unpricedJobs } = await planned(csv, {})
    expect(models.map(({ model, jobs, unpricedJobs: open }) => [model, jobs, open])).toEqual([
      ['kling-v3', 2, 0],
      ['wan-2.6', 1, 1],
    ])
    expect(estimate).toEqual(models[0]?.estimate)
    expect(estimate[0]?.micros).toBeGreaterThan(0)
    expect(unpricedJobs).toBe(1)
  })

  test('a budget takes the currency of the jobs and tells of jobs that it holds back', async () => {
    const batch = { budgetMicros: 5_000_000 }
    const csv = 'prompt,model\na,kling-v3\nb,wan-2.6'
    const held = await planned(csv, { batch })
    expect(held.plan.cap).toEqual({ micros: 5_000_000, currency: 'USD' })
    expect(held.notes).toHaveLength(1)
    expect((await planned(csv, { batch: { ...batch, allowUnpriced: true } })).notes).toEqual([])
  })

  test('the same warning on many jobs is told once, with its rows', async () => {
    const csv = `prompt,duration\n${'a,7\n'.repeat(30)}`
    const { warnings } = await planned(csv, { defaults: { model: 'veo-3.1', provider: 'fal' } })
    expect(warnings).toHaveLength(1)
    expect(warnings[0]).toMatchObject({
      jobs: 30,
      warning: { field: 'durationSeconds', behaviour: 'converted' },
    })
    expect(warnings[0]?.rows).toHaveLength(20)
  })
})

describe('reference frames', () => {
  test('are kept once each by content, only when asked, and can be read back', async () => {
    const folder = folderWith({ 'a.png': PNG, 'sub/b.png': PNG, 'b.csv': '' })
    writeFileSync(
      join(folder, 'b.csv'),
      'prompt,first_frame,provider\nx,a.png,rehearsal\ny,sub/b.png,rehearsal\nz,a.png,rehearsal',
    )
    const result = await plan(join(folder, 'b.csv'))
    expect(result.ok).toBe(true)
    expect(existsSync(join(folder, 'data'))).toBe(false)
    if (!result.ok) return
    expect(await result.value.keepFrames()).toEqual({ ok: true, value: undefined })
    const [frame] = result.value.plan.jobs[0]?.request.frames ?? []
    if (frame?.kind !== 'file') throw new Error('no file')
    expect(readdirSync(join(folder, 'data/frames'))).toEqual([`${frame.sha256}.png`])
    expect(Buffer.from(await framesIn(join(folder, 'data')).read(frame))).toEqual(PNG)
  })

  test('a picture that changed since it was looked at stops the batch', async () => {
    const folder = folderWith({
      'a.png': PNG,
      'b.csv': 'prompt,first_frame,provider\nx,a.png,rehearsal',
    })
    const result = await plan(join(folder, 'b.csv'))
    writeFileSync(join(folder, 'a.png'), Buffer.concat([PNG, Buffer.from('x')]))
    const kept = result.ok ? await result.value.keepFrames() : undefined
    expect(kept).toMatchObject({ ok: false, error: [{ code: 'imageChanged' }] })
    expect(existsSync(join(folder, 'data/frames'))).toBe(false)
  })

  test('a damaged one in the store is replaced', async () => {
    const folder = folderWith({ 'a.png': PNG })
    const store = framesIn(folder)
    const put = await store.put(join(folder, 'a.png'))
    if (!put.ok) throw new Error('not put')
    writeFileSync(store.pathOf(put.value), 'half')
    await expect(store.read(put.value)).rejects.toThrow('changed')
    await store.put(join(folder, 'a.png'))
    expect(Buffer.from(await store.read(put.value))).toEqual(PNG)
  })

  test('an https address is passed on', async () => {
    const [job] = await jobsOf('prompt,first_frame\na,https://example.com/a.png')
    expect(job?.request.frames).toEqual([
      { kind: 'url', role: 'firstFrame', url: 'https://example.com/a.png' },
    ])
  })
})

describe('the way to a model without a provider', () => {
  test('goes by the price of each row’s own request', async () => {
    const csv = 'prompt,model,duration\na cat,kling-v3,5\na dog,kling-v3,10\n'
    const [cheap] = await jobsOf(csv, { prefer: { by: 'price', providers: [] } })
    const others = await Promise.all(
      ['fal', 'replicate', 'lumenfall'].map((provider) => jobsOf(csv, { defaults: { provider } })),
    )
    const prices = others.flatMap(([job]) => job?.estimate?.micros ?? [])
    expect(prices.length).toBeGreaterThan(1)
    expect(cheap?.estimate?.micros).toBe(Math.min(...prices))
    expect(cheap?.routeWhy).toMatch(/cheapest|price/)
  })

  test('keeps the digest, so that the same file is not sent twice by another way', async () => {
    const csv = 'prompt,model\na cat,kling-v3\n'
    const listed = await planned(csv, {})
    const ordered = await planned(csv, { prefer: { by: 'listed', providers: ['replicate'] } })
    expect(ordered.plan.jobs[0]?.route).toBe('replicate/kling-v3')
    expect(ordered.plan.digest).toBe(listed.plan.digest)
  })

  test('a provider that nobody knows is no order', async () => {
    const path = join(folderWith({ 'b.csv': 'prompt,model\na cat,kling-v3\n' }), 'b.csv')
    const result = await plan(path, { prefer: { by: 'listed', providers: ['fall'] } })
    expect(result.ok ? [] : result.error.map(({ code, column }) => [code, column])).toEqual([
      ['unknownProvider', '--prefer'],
    ])
  })
})
