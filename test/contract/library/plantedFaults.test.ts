import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { lostFrame, type DraftRow } from '../../../src/shared/domain/draft.ts'
import { draftHouse, draftOf, rowOf, type DraftHouse } from './draftHouse.ts'

const ROWS = 10_000
const kling = { model: 'kling-v3', provider: 'fal' } as const

/** Ten kinds of fault, the place and the code by which each must be found, and nothing else. */
const FAULTS: readonly (readonly [string, string, Partial<DraftRow>])[] = [
  ['prompt', 'emptyPrompt', { prompt: '' }],
  ['size', 'badSize', { size: 'wide' }],
  ['duration', 'badDuration', { duration: 'long' }],
  ['firstFrame', 'missingFrame', { firstFrame: 'frame_gone00' }],
  ['firstFrame', 'imageBroken', { firstFrame: lostFrame('imageBroken', 'shots/a.png') }],
  ['models', 'unknownModel', { models: [{ model: 'no-such-model', provider: null }] }],
  ['models', 'modelRetired', { models: [{ model: 'sora-2', provider: null }] }],
  ['prompt', 'unknownVariable', { prompt: 'A {{beast}} at night' }],
  ['prompt', 'openBrace', { prompt: 'A {red|blue car' }],
  ['takes', 'badTakes', { takes: '0' }],
]

let house: DraftHouse
beforeEach(() => void (house = draftHouse()))
afterEach(() => house.close())

const sound = (number: number): DraftRow =>
  rowOf(number, { models: [kling], duration: '5', size: '16:9', tags: ['night'] })

describe('a sheet of 10,000 rows with 40 planted faults of ten kinds', () => {
  test('shows exactly these, mends in place, and is admitted whole', async () => {
    const planted = new Map(
      FAULTS.flatMap((fault, kind) =>
        [0, 1, 2, 3].map((time) => [137 + kind * 211 + time * 2417, fault] as const),
      ),
    )
    const rows = Array.from({ length: ROWS }, (_, index) => {
      const [, , wrong] = planted.get(index) ?? []
      return { ...sound(index), ...wrong }
    })
    const draft = await draftOf(house, rows)
    const check = await house.plans.check(draft.id)
    const expected = [...planted].toSorted(([a], [b]) => a - b)
    expect(check?.problemCount).toBe(40)
    expect(check?.problems.map(({ rowId, column, code }) => [rowId, column, code])).toEqual(
      expected.map(([index, [column, code]]) => [rows[index]?.id, column, code]),
    )
    // Every problem says what is wrong and what to do, in words that fit the grid.
    for (const { message, mend } of check?.problems ?? []) {
      expect(`${message} ${mend}`).not.toMatch(/--|docs\/|`|lost:/)
    }
    expect(await house.plans.plan(draft.id, 'now')).toMatchObject({ ok: false })

    const put = [...planted.keys()].map((index) => sound(index))
    await house.drafts.save({ draftId: draft.id, head: {}, put, remove: [] })
    const mended = await house.plans.check(draft.id)
    expect(mended).toMatchObject({ problemCount: 0, jobs: ROWS, rows: ROWS })
    const plan = await house.plans.plan(draft.id, 'now')
    expect(plan.ok && plan.value.plan.jobs.length).toBe(ROWS)
    expect(plan.ok && plan.value.digest).toBe(mended?.digest)
  })
})
