import { describe, expect, test } from 'vitest'
import { parseAmount } from '../../../../src/renderer/store/parseAmount.ts'
import {
  inQueueOrder,
  itemAt,
  jobsBefore,
  layoutOf,
  layoutOfRuns,
} from '../../../../src/renderer/features/queue/queueLayout.ts'
import { shownWords } from '../../../../src/renderer/features/queue/panel/shownWords.ts'
import {
  batchWaits,
  elapsedMs,
  stateWords,
  withoutFigures,
} from '../../../../src/renderer/features/queue/stateWords.ts'
import {
  NO_COUNTS,
  type BatchView,
  type StatusCounts,
} from '../../../../src/shared/domain/batch.ts'
import type { BatchId, JobId } from '../../../../src/shared/domain/ids.ts'
import type { JobView } from '../../../../src/shared/domain/job.ts'
import { batchMoney } from '../../../../src/renderer/features/queue/batchMoney.ts'
import { dropTarget } from '../../../../src/renderer/features/queue/moving.ts'
import type { QueueItem } from '../../../../src/renderer/features/queue/useQueue.ts'

const batch = (number: number, counts: Partial<StatusCounts>, priority = 0): BatchView => ({
  id: `batch_000${number}`,
  name: `Batch ${number}`,
  source: 'draft',
  project: null,
  cap: null,
  paused: false,
  tonight: false,
  priority,
  counts: { ...NO_COUNTS, ...counts },
  committed: null,
  spent: null,
  estimate: null,
  createdAt: number,
  finishedAt: null,
  expectedFinishAt: null,
  waits: null,
  stopsAt: null,
  outDir: '',
  revision: 1,
})
const batches = [
  batch(1, { succeeded: 3 }),
  batch(2, { queued: 2, running: 1, failed: 1 }),
  batch(3, { queued: 5 }),
]

describe('the queue is laid out by batch', () => {
  test('what has work left comes first as it is taken, what ended follows latest first', () => {
    const order = inQueueOrder([...batches, batch(4, { succeeded: 1 }), batch(5, { queued: 1 }, 9)])
    expect(order.map(({ name }) => name.at(-1)).join('')).toBe('52341')
  })

  test('ended batches are folded, others are not, and a hand wins', () => {
    const layout = layoutOf({ batches, shown: 'all', folded: {} })
    expect(layout.segments.map(({ isFolded }) => isFolded)).toEqual([false, false, true])
    expect(layout.count).toBe(1 + 4 + 1 + 5 + 1)
    const other = layoutOf({
      batches,
      shown: 'all',
      folded: { batch_0003: true, batch_0001: false },
    })
    expect(other.count).toBe(1 + 4 + 1 + 1 + 3)
  })

  test('a filter shows its own and leaves out batches without one', () => {
    const layout = layoutOf({ batches, shown: 'failed', folded: {} })
    expect(layout.segments).toMatchObject([{ batchId: 'batch_0002', jobs: 1, isFolded: false }])
  })

  test('every place is a batch or one of its jobs', () => {
    const layout = layoutOf({ batches, shown: 'all', folded: {} })
    const places = Array.from({ length: layout.count }, (_, place) => itemAt(layout, place))
    expect(places.map((item) => (item?.kind === 'job' ? item.index : 'b'))).toEqual([
      'b',
      0,
      1,
      2,
      3,
      'b',
      0,
      1,
      2,
      3,
      4,
      'b',
    ])
    expect(itemAt(layout, layout.count)).toBeNull()
    expect(itemAt({ segments: [], count: 0 }, 0)).toBeNull()
  })

  test('a found list counts its jobs over all groups', () => {
    const layout = layoutOfRuns([
      { batchId: 'batch_0001', jobs: 2 },
      { batchId: 'batch_0002', jobs: 3 },
    ])
    const item = itemAt(layout, 4)
    expect(item).toMatchObject({ kind: 'job', index: 0 })
    expect(item === null ? -1 : jobsBefore(layout, item.segment)).toBe(2)
  })
})

const job = (more: Partial<JobView>): JobView =>
  ({
    status: 'running',
    step: 'poll',
    reason: null,
    progress: null,
    error: null,
    cancelRequested: false,
    paused: false,
    runAt: null,
    startedAt: null,
    finishedAt: null,
    waitsUntil: null,
    expectedFinishAt: null,
    breakPoint: false,
    ...more,
  }) as JobView

describe('a state is said in words, with its reason', () => {
  test.each([
    [job({ step: 'submit' }), 'sending'],
    [job({ progress: 0.62 }), 'rendering, 62 %'],
    [job({ progress: 0.62, expectedFinishAt: 40_000 }), 'rendering, 62 %, about 40 s'],
    [job({ reason: 'rendering', expectedFinishAt: 125_000 }), 'rendering, about 2 min 5 s'],
    [job({ reason: 'rendering', expectedFinishAt: -5_000 }), 'rendering'],
    [
      job({ reason: 'queued at provider, place 2', expectedFinishAt: 40_000 }),
      'queued at provider, place 2',
    ],
    [job({ step: 'download' }), 'downloading'],
    [
      job({ step: 'download', reason: 'download again: it answers 503', waitsUntil: 12_000 }),
      'download again in 12 s: it answers 503',
    ],
    [
      job({ step: 'submit', reason: 'answer lost: asks the provider', waitsUntil: 21_000 }),
      'answer lost: asks the provider in 21 s',
    ],
    [
      job({ step: 'submit', reason: 'answer lost: asks the provider', waitsUntil: 0 }),
      'answer lost: asks the provider',
    ],
    [job({ reason: 'queued at provider, 3rd' }), 'queued at provider, 3rd'],
    [job({ cancelRequested: true }), 'stopping: rendering'],
    [job({ status: 'waiting' }), 'waits: its turn'],
    [
      job({
        status: 'waiting',
        reason: 'retry 2 of 5: provider overloaded',
        waitsUntil: 40_000,
      }),
      'retry 2 of 5 in 40 s: provider overloaded',
    ],
    [job({ status: 'queued', reason: 'fal lane 4 of 4' }), 'waits: fal lane 4 of 4'],
    [
      job({ status: 'queued', reason: 'Too many requests.', waitsUntil: 30_000 }),
      'waits 30 s: Too many requests',
    ],
    [
      job({ status: 'queued', reason: 'window opens 23:00', waitsUntil: 3_600_000 }),
      'waits: window opens 23:00',
    ],
    [job({ status: 'queued', paused: true, reason: 'paused by you' }), 'paused by you'],
    [
      job({ status: 'queued', breakPoint: true, reason: 'fal lane 4 of 4' }),
      'waits: fal lane 4 of 4 · stops here and asks',
    ],
    [
      job({
        status: 'failed',
        error: {
          kind: 'contentPolicy',
          code: 'X',
          message: 'Refused: a real person. Use another frame.',
        },
      }),
      'Refused: a real person.',
    ],
    [job({ status: 'succeeded' }), 'done'],
  ])('%#', (view, words) => {
    expect(stateWords(view, 0)).toBe(words)
  })

  test('time runs while a job runs, and stands once it ended', () => {
    expect(elapsedMs(job({}), 10)).toBeNull()
    expect(elapsedMs(job({ startedAt: 4 }), 10)).toBe(6)
    expect(elapsedMs(job({ status: 'succeeded', startedAt: 4, finishedAt: 9 }), 100)).toBe(5)
  })
})

describe('why a batch waits', () => {
  const words = (reason: string, counts: Partial<StatusCounts>, until: number | null = null) =>
    batchWaits({ ...batch(1, counts), waits: { words: reason, until } }, 0)

  test('is said of its next job, and of the rest while some of it run', () => {
    expect(words('fal lane 4 of 4', { queued: 1 })).toBe('waits: fal lane 4 of 4')
    expect(words('fal lane 4 of 4', { queued: 1, running: 4 })).toBe(
      'the rest waits: fal lane 4 of 4',
    )
    expect(words('everything is paused', { queued: 1, running: 4 })).toBe(
      'the rest: everything is paused',
    )
    expect(words('its turn', { queued: 1, running: 4 })).toBeNull()
  })

  test('with its day where that is not within the next 24 hours', () => {
    const at = (days: number) => words('month cap $1.00 reached: $1 spent', {}, days * 86_400_000)
    expect(at(0.5)).toMatch(/^waits until \d\d:\d\d: month cap \$1\.00 reached$/)
    expect(at(9)).toMatch(/^waits until \d+ Jan \d\d:\d\d: month cap \$1\.00 reached$/)
  })
})

describe('the money of a batch', () => {
  const usd = (dollars: number, estimated = false) => ({
    micros: dollars * 1e6,
    currency: 'USD',
    estimated,
  })
  const words = (money: Partial<BatchView>) => batchMoney({ ...batch(1, {}), ...money })

  test('is told apart: what is spent, and what is only set aside', () => {
    const estimate = usd(1.26, true)
    expect(words({ estimate })).toBe('$0.00 spent of about $1.26')
    expect(words({ estimate, committed: usd(1.26, true) })).toBe('$1.26 set aside of about $1.26')
    expect(words({ estimate, committed: usd(1.26, true), spent: usd(0.42) })).toBe(
      '$0.42 spent, $0.84 set aside of about $1.26',
    )
    expect(words({ estimate, committed: usd(1.26, true), spent: usd(1.26, true) })).toBe(
      'about $1.26 spent of about $1.26',
    )
  })

  test('says what is free, what has no price, and what may be spent', () => {
    expect(words({ estimate: usd(0, true) })).toBe('free')
    expect(words({ committed: usd(0.4, true), cap: { micros: 2e6, currency: 'USD' } })).toBe(
      '$0.40 set aside, not all prices known · cap $2.00',
    )
  })
})

test('a job is dropped among those of its own batch alone', () => {
  const at = (batchId: BatchId): QueueItem => ({
    kind: 'job',
    id: 'job_2',
    job: { id: 'job_2', batchId } as unknown as JobView,
  })
  const drag = {
    jobs: new Set<JobId>(['job_1']),
    batches: new Set<BatchId>(['batch_a']),
    place: 3,
    half: 'upper',
  } as const
  const over = (batchId: BatchId) => dropTarget({ itemAt: () => at(batchId) }, drag)
  expect(over('batch_a')).toEqual({ before: 'job_2' })
  expect(over('batch_b')).toBeNull()
})

describe('an amount is read as people write it', () => {
  test.each([
    ['25', 25_000_000],
    ['25.50', 25_500_000],
    ['0,07', 70_000],
    ['$ 1', 1_000_000],
    ['0', 0],
    ['$1,300.00', 1_300_000_000],
  ])('%s', (text, micros) => expect(parseAmount(text)).toBe(micros))

  test.each(['', '-1', '1e9', '1.2.3', 'ten', '12345678901'])('%s is none', (text) => {
    expect(parseAmount(text)).toBeUndefined()
  })
})

describe('what the engine says, as a row shows it', () => {
  test('times are by the own clock', () => {
    const at = new Date(2026, 10, 23, 4, 29, 0)
    expect(shownWords(`sent ${at.toISOString()}, once`)).toMatch(
      /^sent 23 Nov( \d{4})? 04:29:00, once$/,
    )
  })

  test('figures and moments are left to the card', () => {
    expect(withoutFigures('waits: night cap $0.10 reached: $5.64 spent')).toBe(
      'waits: night cap $0.10 reached',
    )
    const lost = 'The answer to a paid request was lost at 2026-11-23T04:29:00.120Z.'
    for (const words of [lost, `${lost} Enter the id that fal gave it.`])
      expect(withoutFigures(words)).toBe('The answer to a paid request was lost')
  })
})
