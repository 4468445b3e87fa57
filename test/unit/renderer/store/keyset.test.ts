import { describe, expect, test } from 'vitest'
import {
  allStale,
  emptyKeyset,
  hasMore,
  idAt,
  indexOfId,
  knownCount,
  rowAt,
  trimmed,
  withNextPage,
  withPageAgain,
  withPatches,
  type KeysetState,
} from '../../../../src/renderer/store/keyset.ts'
import { createKeysetStore } from '../../../../src/renderer/store/keysetStore.ts'
import type { Page } from '../../../../src/shared/domain/views.ts'

interface Row {
  readonly id: string
  readonly revision: number
  readonly group: string
}
const row = (number: number, revision = 1): Row => ({
  id: `r${String(number).padStart(5, '0')}`,
  revision,
  group: `g${Math.floor(number / 3)}`,
})
const rows = (from: number, to: number): readonly Row[] =>
  Array.from({ length: to - from }, (_, at) => row(from + at))
const groupOf = ({ group }: Row): string => group

/** Three pages of four. */
function walked(): KeysetState<Row> {
  let state = emptyKeyset<Row>()
  for (const from of [0, 4, 8]) {
    const next = from === 8 ? null : `after${from + 4}`
    state = withNextPage(state, { rows: rows(from, from + 4), next }, groupOf)
  }
  return state
}

describe('a list is seen through a window of pages', () => {
  test('rows are found by place and by id, groups without their rows', () => {
    const state = walked()
    expect(knownCount(state)).toBe(12)
    expect(hasMore(state)).toBe(false)
    expect(rowAt(state, 5)?.id).toBe('r00005')
    expect(indexOfId(state, 'r00009')).toBe(9)
    expect(rowAt(state, 12)).toBeNull()
    const far = trimmed(state, 2, 2)
    expect(rowAt(far, 5)).toBeNull()
    expect(idAt(far, 5)).toBe('r00005')
    expect(far.pages[0]?.groups).toEqual(['g0', 'g0', 'g0', 'g1'])
  })

  test('a newer row replaces the older one, never the other way round', () => {
    const { state, missing } = withPatches(walked(), [row(5, 3), row(6, 0), row(77)])
    expect(rowAt(state, 5)?.revision).toBe(3)
    expect(rowAt(state, 6)?.revision).toBe(1)
    expect(missing.map(({ id }) => id)).toEqual(['r00077'])
  })

  test('a page read again takes in what came between and ends where the next begins', () => {
    const fresh = [row(4), { ...row(4), id: 'r00004b' }, ...rows(5, 12)]
    const page = { rows: fresh, next: null }
    const state = withPageAgain(walked(), 1, { page, groupOf })
    expect(state.pages.map(({ ids }) => ids.length)).toEqual([4, 5, 4])
    expect(idAt(state, 5)).toBe('r00004b')
    expect(idAt(state, 9)).toBe('r00008')
  })

  test('when the border is gone, what follows is read anew', () => {
    const page = { rows: [row(4), row(5)], next: 'after6' }
    const state = withPageAgain(walked(), 1, { page, groupOf })
    expect(state.pages).toHaveLength(2)
    expect(state.next).toBe('after6')
  })

  test('an empty list that went stale is asked for again', () => {
    const empty = withNextPage(emptyKeyset<Row>(), { rows: [], next: null }, groupOf)
    expect(hasMore(empty)).toBe(false)
    expect(hasMore(allStale(empty))).toBe(true)
  })
})

/** A main that holds the list; pages are read by the id of the row before. */
function listOf(all: Row[]) {
  const reads: (string | null)[] = []
  const read = (after: string | null, limit: number) => {
    reads.push(after)
    const from = after === null ? 0 : all.findIndex(({ id }) => id > after)
    const found = from < 0 ? [] : all.slice(from, from + limit)
    const last = found.at(-1)
    const next = last === undefined || last === all.at(-1) ? null : last.id
    return Promise.resolve({ ok: true as const, data: { rows: found, next } satisfies Page<Row> })
  }
  return { reads, list: createKeysetStore<Row>({ read, groupOf }) }
}
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 200; turn += 1) await Promise.resolve()
}

describe('only what is in view is held', () => {
  test('going to the end of ten thousand rows keeps a few pages of them', async () => {
    const { list } = listOf([...rows(0, 10_000)])
    list.show(0, 30)
    await settle()
    expect(rowAt(list.store.getState(), 0)?.id).toBe('r00000')
    list.show(9970, 9999)
    for (let turn = 0; turn < 10; turn += 1) await settle()
    const state = list.store.getState()
    expect(rowAt(state, 9999)?.id).toBe('r09999')
    expect(rowAt(state, 0)).toBeNull()
    const held = state.pages.filter((page) => page.rows !== null)
    expect(held.length).toBeLessThanOrEqual(6)
  })

  test('rows are read before they come into view', async () => {
    const { list, reads } = listOf([...rows(0, 3000)])
    list.show(0, 30)
    await settle()
    list.show(110, 140)
    await settle()
    expect(rowAt(list.store.getState(), 210)?.id).toBe('r00210')
    expect(reads).toHaveLength(2)
  })

  test('coming back reads the dropped page again', async () => {
    const { list } = listOf([...rows(0, 3000)])
    list.show(2900, 2950)
    for (let turn = 0; turn < 6; turn += 1) await settle()
    list.show(0, 30)
    await settle()
    expect(rowAt(list.store.getState(), 10)?.id).toBe('r00010')
  })

  test('a refresh shows what came in between, in its place', async () => {
    const all = [...rows(0, 500)]
    const { list } = listOf(all)
    list.show(0, 30)
    await settle()
    all.splice(3, 0, { id: 'r00002x', revision: 1, group: 'g0' })
    list.refresh()
    await settle()
    expect(idAt(list.store.getState(), 3)).toBe('r00002x')
  })

  test('the answer of a read that began before a refresh does not count as fresh', async () => {
    const answers: ((found: readonly Row[]) => void)[] = []
    const list = createKeysetStore<Row>({
      read: () =>
        new Promise((resolve) => {
          answers.push((found) => resolve({ ok: true, data: { rows: found, next: null } }))
        }),
    })
    list.show(0, 30)
    list.refresh()
    answers.shift()?.([row(0)])
    await settle()
    answers.shift()?.([row(0), row(1)])
    await settle()
    expect(knownCount(list.store.getState())).toBe(2)
    // A page read again, and an answer without rows.
    list.refresh()
    list.refresh()
    answers.shift()?.([])
    await settle()
    answers.shift()?.([row(2)])
    await settle()
    expect(idAt(list.store.getState(), 0)).toBe('r00002')
    expect(answers).toEqual([])
  })

  test('all can be chosen though few are in view: their ids are read, their rows are not kept', async () => {
    const { list } = listOf([...rows(0, 10_000)])
    list.show(0, 30)
    await settle()
    expect(await list.readOn(2000)).toBe(true)
    const state = list.store.getState()
    expect(knownCount(state)).toBeGreaterThanOrEqual(2000)
    expect(knownCount(state)).toBeLessThan(3000)
    expect(rowAt(state, 0)?.id).toBe('r00000')
    expect(rowAt(state, 1500)).toBeNull()
    expect(idAt(state, 1999)).toBe('r01999')
    const { list: short } = listOf([...rows(0, 20)])
    expect(await short.readOn(2000)).toBe(true)
    expect(knownCount(short.store.getState())).toBe(20)
  })

  test('a failed read is told and not repeated by itself', async () => {
    let reads = 0
    const list = createKeysetStore<Row>({
      read: () => {
        reads += 1
        return Promise.resolve({ ok: false, error: { code: 'X', message: 'The disk is gone.' } })
      },
    })
    list.show(0, 10)
    await settle()
    expect(list.store.getState().error).toBe('The disk is gone.')
    expect(reads).toBe(1)
    expect(await list.readOn(2000)).toBe(false)
  })
})
