import { expect, test } from 'vitest'
import { createAnnouncer, type News } from '../../../../src/main/window/announcer.ts'
import { NO_COUNTS, type BatchView } from '../../../../src/shared/domain/batch.ts'

const batch = (id: string, finishedAt: number | null): BatchView => ({
  id: `batch_${id}`,
  expectedFinishAt: null,
  waits: null,
  stopsAt: null,
  name: `Batch ${id}`,
  source: 'draft',
  project: null,
  cap: null,
  paused: false,
  tonight: false,
  priority: 0,
  counts: { ...NO_COUNTS, succeeded: 7, failed: 1 },
  committed: null,
  spent: { micros: 3_200_000, currency: 'USD', estimated: false },
  estimate: null,
  createdAt: 1,
  finishedAt,
  outDir: '/out',
  revision: 1,
})

const asksOf = (...providers: readonly string[]) => ({
  holds: [],
  stops: providers.map((provider) => ({
    provider,
    providerName: provider,
    why: 'noKey' as const,
    words: `no key for ${provider}`,
    scope: null,
    cap: null,
    until: null,
    batches: [],
  })),
})

function setUp(more: { watched?: boolean; batchFinished?: boolean; needsYou?: boolean } = {}) {
  const shown: News[] = []
  const { watched = false, batchFinished = true, needsYou = true } = more
  const announcer = createAnnouncer({
    settings: () => ({ batchFinished, needsYou }),
    isWatched: () => watched,
    show: (news) => shown.push(news),
  })
  announcer.start({ batches: [batch('old1', 5)], needsYou: 1, asks: asksOf('lumenfall') })
  return { announcer, shown }
}

test('a batch that finishes is told once, with counts and spend', () => {
  const { announcer, shown } = setUp()
  announcer.batch(batch('new1', null))
  announcer.batch(batch('new1', 9))
  announcer.batch(batch('new1', 9))
  expect(shown).toEqual([
    {
      title: 'Batch new1 is finished',
      body: '7 succeeded, 1 failed. Spent $3.20.',
      screen: 'review',
    },
  ])
})

test('what was finished before the start is no news; a batch opened by a retry is again', () => {
  const { announcer, shown } = setUp()
  announcer.batch(batch('old1', 5))
  expect(shown).toEqual([])
  announcer.batch(batch('old1', null))
  announcer.batch(batch('old1', 12))
  expect(shown).toHaveLength(1)
})

test('more jobs that need a person are told, fewer are not', () => {
  const { announcer, shown } = setUp()
  for (const count of [1, 2, 2, 1, 3]) announcer.needsYou(count)
  expect(shown.map(({ title }) => title)).toEqual(['2 jobs need you', '3 jobs need you'])
})

test('a cap, a key or a held lane that needs a person is told once, and so is what stops everything', () => {
  const { announcer, shown } = setUp()
  const full = { code: 'diskFull', message: 'The disk is full.' } as const
  for (const providers of [['lumenfall'], ['fal', 'lumenfall'], ['fal'], ['fal', 'lumenfall']])
    announcer.asks(asksOf(...providers))
  for (const halt of [null, full, full, null]) announcer.halted(halt)
  expect(shown.map(({ body }) => body)).toEqual([
    'No key for fal.',
    'No key for lumenfall.',
    'The disk is full.',
  ])
})

test.each([{ watched: true }, { batchFinished: false, needsYou: false }])(
  'nothing is shown to who looks at it or does not want it (%j)',
  (more) => {
    const { announcer, shown } = setUp(more)
    announcer.batch(batch('new1', 9))
    announcer.needsYou(5)
    announcer.asks(asksOf('fal'))
    expect(shown).toEqual([])
  },
)

test('the cap of a second batch is told beside that of the first; a night’s cap once for all', () => {
  const { announcer, shown } = setUp()
  const cap = (scope: 'batch' | 'night', id: string) => ({
    provider: 'fal',
    providerName: 'fal',
    why: 'cap' as const,
    words: `${scope} cap reached`,
    scope,
    cap: null,
    until: null,
    batches: [{ id: batch(id, null).id, name: id, project: null, jobs: 1 }],
  })
  const asks = (...stops: ReturnType<typeof cap>[]) => announcer.asks({ holds: [], stops })
  asks(cap('batch', 'one'))
  asks(cap('batch', 'one'), cap('batch', 'two'))
  expect(shown).toHaveLength(2)
  asks(cap('night', 'one'))
  asks(cap('night', 'two'))
  expect(shown).toHaveLength(3)
})
