import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { NO_DEFAULTS } from '../../../src/shared/domain/draft.ts'
import { PNG, plan as planAsFile } from '../../helpers/planning.ts'
import { draftHouse, draftOf, rowOf, type DraftHouse } from './draftHouse.ts'

let house: DraftHouse
beforeEach(() => void (house = draftHouse()))
afterEach(() => house.close())

const kling = { model: 'kling-v3', provider: 'fal' } as const
const veo = { model: 'veo-3.1', provider: null } as const

describe('what a draft comes to', () => {
  test('jobs, money per model, and nothing for rows that nobody has begun', async () => {
    const rows = [
      rowOf(1, { models: [kling, veo], duration: '8', takes: '2' }),
      rowOf(2, { prompt: 'A {{animal}} sleeps', variables: { animal: 'cat | owl' } }),
      rowOf(3, { prompt: '', models: [] }),
    ]
    const draft = await draftOf(house, rows)
    const check = await house.plans.check(draft.id)
    expect(check).toMatchObject({ rows: 2, jobs: 6, problemCount: 0, revision: draft.revision })
    const byModel = check?.totals.map(({ model, provider, jobs }) => `${model} ${provider} ${jobs}`)
    expect(byModel).toEqual(['kling-v3 fal 2', 'veo-3.1 fal 2', 'rehearsal rehearsal 2'])
    const sum = check?.totals
      .flatMap(({ estimate }) => estimate)
      .reduce((all, { micros }) => all + micros, 0)
    expect(check?.estimate).toEqual([{ micros: sum, currency: 'USD', estimated: true }])
    expect(check?.disk.neededBytes).toBeGreaterThan(0)
  })

  test('every problem stands at its row and cell, those of the defaults once', async () => {
    const rows = [
      rowOf(1, { duration: 'long' }),
      rowOf(2, { firstFrame: 'frame_gone00' }),
      rowOf(3, { prompt: 'A {{beast}}', models: [] }),
      rowOf(4, { models: [{ model: 'no-such-model', provider: null }] }),
    ]
    const draft = await draftOf(house, rows, { defaults: { ...NO_DEFAULTS, takes: 'many' } })
    const check = await house.plans.check(draft.id)
    const found = check?.problems.map(({ rowId, column, code }) => `${rowId} ${column} ${code}`)
    expect(found?.toSorted()).toEqual([
      'null defaults.takes badTakes',
      'row_000001 duration badDuration',
      'row_000002 firstFrame missingFrame',
      'row_000003 models noModel',
      'row_000003 prompt unknownVariable',
      'row_000004 models unknownModel',
    ])
    expect(JSON.stringify(check?.problems)).not.toContain('--')
    expect(await house.plans.plan(draft.id, 'now')).toMatchObject({
      ok: false,
      error: { code: 'DRAFT_HAS_PROBLEMS' },
    })
  })

  test('a changed row is checked anew, an unchanged draft gives the same digest', async () => {
    const draft = await draftOf(house, [rowOf(1), rowOf(2)])
    const first = await house.plans.check(draft.id)
    expect((await house.plans.check(draft.id))?.digest).toBe(first?.digest)
    const put = [rowOf(2, { takes: '3' })]
    await house.drafts.save({ draftId: draft.id, head: {}, put, remove: [] })
    const second = await house.plans.check(draft.id)
    expect([first?.jobs, second?.jobs]).toEqual([2, 4])
    expect(second?.digest).not.toBe(first?.digest)
  })

  test('checks asked for at once agree', async () => {
    const draft = await draftOf(house, [rowOf(1), rowOf(2), rowOf(3)])
    const checks = await Promise.all([1, 2, 3].map(() => house.plans.check(draft.id)))
    expect(new Set(checks.map((check) => JSON.stringify(check))).size).toBe(1)
  })

  test('a default that changes changes every row that uses it', async () => {
    const draft = await draftOf(house, [rowOf(1, { models: [] }), rowOf(2)])
    expect((await house.plans.check(draft.id))?.problemCount).toBe(1)
    const defaults = { ...NO_DEFAULTS, models: [kling], takes: '2' }
    await house.drafts.save({ draftId: draft.id, head: { defaults }, put: [], remove: [] })
    const check = await house.plans.check(draft.id)
    expect(check).toMatchObject({ problemCount: 0, jobs: 4 })
    expect(check?.totals.map(({ model }) => model)).toEqual(['kling-v3', 'rehearsal'])
  })

  test('a plain row means its braces, the row beside it does not', async () => {
    const draft = await draftOf(house, [
      rowOf(1, { prompt: '{a|b} {{c}} __d__', plain: true }),
      rowOf(2, { prompt: 'A {red|green} kite' }),
    ])
    const planned = await house.plans.plan(draft.id, 'now')
    const prompts = planned.ok ? planned.value.plan.jobs.map(({ prompt }) => prompt) : []
    expect(prompts).toEqual(['{a|b} {{c}} __d__', 'A red kite', 'A green kite'])
  })

  test('lists of the library fill __name__, and a changed list is seen', async () => {
    const list = { kind: 'list', name: 'lens', folder: '', tags: [], favourite: false } as const
    const saved = await house.prompts.save(null, { ...list, text: '35 mm\n85 mm' })
    const draft = await draftOf(house, [rowOf(1, { prompt: 'A kite, __lens__' })])
    expect((await house.plans.check(draft.id))?.jobs).toBe(2)
    await house.prompts.save(saved?.id ?? null, { ...list, text: '35 mm\n50 mm\n85 mm' })
    expect((await house.plans.check(draft.id))?.jobs).toBe(3)
  })
})

describe('running a draft', () => {
  test('it comes to the same jobs as the same rows in a batch file', async () => {
    const csv = join(house.folder, 'same.csv')
    const lines = [
      'prompt,provider,model,duration,takes,aspect_ratio,animal,seed',
      'A {{animal}} crosses a street,fal,kling-v3,8,2,16:9,fox|cat,5',
      'Steam over a bowl,rehearsal,,3,1,9:16,,7',
    ]
    writeFileSync(csv, lines.join('\n'))
    const asFile = await planAsFile(csv)
    const draft = await draftOf(house, [
      rowOf(1, {
        prompt: 'A {{animal}} crosses a street',
        models: [kling],
        duration: '8',
        takes: '2',
        aspectRatio: '16:9',
        variables: { animal: 'fox|cat' },
        seed: '5',
      }),
      rowOf(2, { prompt: 'Steam over a bowl', duration: '3', aspectRatio: '9:16', seed: '7' }),
    ])
    const asDraft = await house.plans.plan(draft.id, 'now')
    const jobsOf = (planned: typeof asFile | typeof asDraft) =>
      planned.ok ? planned.value.plan.jobs.map(({ row: _row, ...job }) => job) : planned.error
    expect(jobsOf(asDraft)).toEqual(jobsOf(asFile))
  })

  test('what was confirmed is what runs: the plan has the digest of the check', async () => {
    const draft = await draftOf(house, [rowOf(1, { models: [kling] }), rowOf(2)])
    const check = await house.plans.check(draft.id)
    const planned = await house.plans.plan(draft.id, 'now')
    expect(planned).toMatchObject({ ok: true, value: { digest: check?.digest } })
  })

  test('rehearsing sends nothing, costs nothing and needs no model', async () => {
    const draft = await draftOf(house, [rowOf(1, { models: [kling] }), rowOf(2, { models: [] })])
    const planned = await house.plans.plan(draft.id, 'rehearse')
    const jobs = planned.ok ? planned.value.plan.jobs : []
    expect(jobs.map(({ provider, modelName }) => `${provider} ${modelName}`)).toEqual([
      'rehearsal Kling 3.0',
      'rehearsal Rehearsal',
    ])
    expect(jobs.every(({ estimate }) => estimate?.micros === 0)).toBe(true)
    expect((await house.plans.plan(draft.id, 'now')).ok).toBe(false)
  })

  test('an empty draft is not run', async () => {
    const draft = await draftOf(house, [rowOf(1, { prompt: '' })])
    const planned = await house.plans.plan(draft.id, 'rehearse')
    expect(planned.ok ? '' : planned.error.message).toContain('nothing to run')
  })
})

describe('what will be sent', () => {
  test('each model shows its wire fields with marks, and frames by their name', async () => {
    const path = join(house.folder, 'harbour.png')
    writeFileSync(path, PNG)
    const { frames } = await house.frameImport.fromPaths([path])
    const draft = await draftOf(house, [])
    const row = rowOf(1, { models: [kling], duration: '7.6', firstFrame: frames[0]?.id ?? null })
    const [preview] = await house.plans.wire(draft.id, { ...row, aspectRatio: '' })
    expect(preview).toMatchObject({ providerName: 'FAL', mode: 'imageToVideo', jobs: 1 })
    const field = (from: string) => preview?.fields.find((one) => one.from === from)
    expect(field('prompt')).toMatchObject({ name: 'prompt', behaviour: 'passthrough' })
    expect(field('durationSeconds')).toMatchObject({ value: '8', behaviour: 'converted' })
    expect(JSON.stringify(field('firstFrame')?.value)).toContain('harbour.png')
    expect(preview?.priceText).toMatch(/8 s × \$/)
  })
})

test('10,000 rows: checked once in full, then only what changed', async () => {
  const draft = await house.drafts.create({ name: 'Large' })
  for (let from = 0; from < 10_000; from += 2000) {
    const put = Array.from({ length: 2000 }, (_, index) => rowOf(from + index, { models: [kling] }))
    await house.drafts.save({ draftId: draft.id, head: {}, put, remove: [] })
  }
  const first = performance.now()
  expect((await house.plans.check(draft.id))?.jobs).toBe(10_000)
  const second = performance.now()
  const put = [rowOf(77, { takes: '2', models: [kling] })]
  await house.drafts.save({ draftId: draft.id, head: {}, put, remove: [] })
  expect((await house.plans.check(draft.id))?.jobs).toBe(10_001)
  const done = performance.now()
  expect(done - second).toBeLessThan((second - first) / 2)
})
