import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import type { Expand } from '../../../src/shared/domain/draft.ts'
import { draftHouse, draftOf, rowOf, type DraftHouse } from './draftHouse.ts'

let house: DraftHouse
beforeEach(() => void (house = draftHouse()))
afterEach(() => house.close())

const options = (expand: Expand) =>
  ({ expand, project: null, cap: null, allowUnpriced: false, concurrency: null }) as const
const hundred = `{${Array.from({ length: 100 }, (_, at) => `v${at}`).join('|')}}`
const preview = async (prompt: string, expand: Expand = { kind: 'product' }) => {
  const draft = await draftOf(house, [], { options: options(expand) })
  return house.plans.preview(draft.id, { row: rowOf(1, { prompt }), from: 0, limit: 100 })
}

describe('what a template makes is known before anything exists', () => {
  test('a million combinations are counted at once, and a page of them is made', async () => {
    const made = await preview(`${hundred} ${hundred} ${hundred}`)
    expect(made).toMatchObject({ count: '1000000', all: '1000000', problems: [] })
    expect(made?.prompts.slice(0, 2)).toEqual(['v0 v0 v0', 'v0 v0 v1'])
    expect(made?.prompts).toHaveLength(100)
    expect(made?.each).toMatchObject({ jobs: 1, problems: [] })
  })

  test('a random 500 of a million are drawn: all different, and the very ones that run', async () => {
    const expand = { kind: 'random', count: 500 } as const
    const row = rowOf(1, { prompt: `${hundred} ${hundred} ${hundred}`, seed: '7' })
    const draft = await draftOf(house, [row], { options: options(expand) })
    const pages = await Promise.all(
      [0, 100, 200, 300, 400].map((from) =>
        house.plans.preview(draft.id, { row, from, limit: 100 }),
      ),
    )
    expect(pages[0]).toMatchObject({ count: '500', all: '1000000' })
    const prompts = pages.flatMap((page) => page?.prompts ?? [])
    expect(new Set(prompts).size).toBe(500)
    const plan = await house.plans.plan(draft.id, 'now')
    expect(plan.ok && plan.value.plan.jobs.map((job) => job.prompt)).toEqual(prompts)
  })

  test('a trillion and more is a number, never a hang', async () => {
    const made = await preview(Array.from({ length: 8 }, () => hundred).join(' '))
    expect(made?.count).toBe('10000000000000000')
    expect(made?.prompts).toHaveLength(100)
  })

  test('what is wrong stands at its place: an unknown name, a cycle, an open brace', async () => {
    const list = { kind: 'list', folder: '', tags: [], favourite: false } as const
    await house.prompts.save(null, { ...list, name: 'a', text: '__b__' })
    await house.prompts.save(null, { ...list, name: 'b', text: '__a__' })
    const places = async (prompt: string) =>
      (await preview(prompt))?.problems.map(({ code, offset, length }) => [code, offset, length])
    expect(await places('A {{beast}}')).toEqual([['unknownVariable', 2, 9]])
    expect(await places('See __a__')).toEqual([['listCycle', 4, 5]])
    expect(await places('A {red|blue car')).toEqual([['openBrace', 2, 1]])
    expect((await preview('__a__'))?.lists.toSorted()).toEqual(['a', 'b'])
  })

  test('a row that nobody wrote makes nothing and no problem', async () => {
    expect(await preview('')).toMatchObject({ count: '0', prompts: [], problems: [], each: null })
  })
})
