import { expect, test, vi } from 'vitest'
import { startDailyOffers } from '../../../../src/main/library/dailyOffers.ts'

// Promise: providers are asked by the app itself as long as that is allowed, and never after it was closed.
test('what is due is asked a minute after the start and every hour, while it is allowed', async () => {
  const waits: { readonly ms: number; readonly fn: () => void; live: boolean }[] = []
  const next = async (): Promise<number> => {
    const wait = waits.shift()
    if (wait?.live === true) wait.fn()
    await Promise.resolve()
    await Promise.resolve()
    return wait?.ms ?? 0
  }
  let isOn = true
  const asked: string[] = []
  const stop = startDailyOffers({
    isOn: () => isOn,
    askDue: () => {
      asked.push('asked')
      return Promise.resolve(asked.length === 1 ? 1 : 0)
    },
    onAsked: () => void asked.push('told'),
    report: (error) => void asked.push(String(error)),
    after(ms, fn) {
      const wait = { ms, fn, live: true }
      waits.push(wait)
      return () => void (wait.live = false)
    },
  })
  expect(asked).toEqual([])
  expect(await next()).toBe(60_000)
  expect(asked).toEqual(['asked', 'told'])
  expect(await next()).toBe(3_600_000)
  expect(asked).toEqual(['asked', 'told', 'asked'])
  isOn = false
  await next()
  expect(asked).toHaveLength(3)
  isOn = true
  stop()
  await next()
  expect(asked).toHaveLength(3)
})

test('a full disk is reported, and they are asked again an hour later', async () => {
  const waits: (() => void)[] = []
  const said: unknown[] = []
  let asked = 0
  startDailyOffers({
    isOn: () => true,
    askDue: () => {
      asked += 1
      return Promise.reject(new Error('ENOSPC'))
    },
    onAsked: () => undefined,
    report: (error) => void said.push(error),
    after: (_ms, fn) => {
      waits.push(fn)
      return () => undefined
    },
  })
  for (let hour = 0; hour < 2; hour += 1) waits.shift()?.()
  await vi.waitFor(() => expect(said).toHaveLength(2))
  expect(asked).toBe(2)
})
