import { expect, test } from 'vitest'
import { isWorking, nightTitle, trayText } from '../../../../src/main/window/sentences.ts'
import { moneyText } from '../../../../src/shared/domain/moneyText.ts'
import { NO_COUNTS, type StatusCounts } from '../../../../src/shared/domain/batch.ts'
import type { TonightView } from '../../../../src/shared/domain/views.ts'

const tonight = (counts: Partial<StatusCounts>, more: Partial<TonightView> = {}): TonightView => ({
  counts: { ...NO_COUNTS, ...counts },
  committed: null,
  spent: null,
  cap: null,
  capExtraMicros: 0,
  window: { kind: 'always' },
  rest: null,
  expectedFinishAt: null,
  paused: false,
  halted: null,
  ...more,
})

test.each([
  [null, 'Dailies'],
  [tonight({ succeeded: 9 }), 'Dailies: nothing to do'],
  [tonight({ running: 6, queued: 200, waiting: 12 }), 'Dailies: 6 running, 212 waiting'],
  [tonight({ needsYou: 1 }), 'Dailies: 1 needs you'],
  [
    tonight({ running: 1, needsYou: 2 }, { paused: true }),
    'Dailies: 1 running, 2 need you (paused)',
  ],
])('the tray says what goes on (%#)', (view, text) => {
  expect(trayText(view)).toBe(text)
})

test('the machine is kept awake only while work can go on', () => {
  expect(isWorking(tonight({ queued: 1 }))).toBe(true)
  expect(isWorking(tonight({ waiting: 1 }))).toBe(true)
  expect(isWorking(tonight({ succeeded: 5, needsYou: 3, failed: 1 }))).toBe(false)
  expect(isWorking(tonight({ queued: 1 }, { paused: true }))).toBe(false)
  expect(isWorking(tonight({ queued: 1 }, { rest: 'window' }))).toBe(true)
  expect(isWorking(tonight({ queued: 1 }, { rest: 'person' }))).toBe(false)
  expect(isWorking(tonight({ queued: 1, running: 1 }, { paused: true }))).toBe(true)
  expect(isWorking(tonight({ queued: 1 }, { halted: { code: 'disk', message: '' } }))).toBe(false)
})

test('money always has its currency, and says where it is estimated', () => {
  expect(moneyText({ micros: 3_200_000, currency: 'USD', estimated: false })).toBe('$3.20')
  expect(moneyText({ micros: 500_000, currency: 'EUR', estimated: true })).toBe('about €0.50')
})

test.each([
  [{ succeeded: 8 }, 'The night’s work is done'],
  [{ succeeded: 8, queued: 3, needsYou: 1 }, 'The night has ended with 4 jobs left'],
  [{ running: 1 }, 'The night has ended with 1 job left'],
])('a night that came to %o is told in words', (counts, words) => {
  expect(nightTitle({ ...NO_COUNTS, ...counts })).toBe(words)
})
