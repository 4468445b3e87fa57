import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../servers/world.ts'
import {
  fileFrame,
  frameBytes,
  providerBench,
  routeRequest,
  type ProviderBench,
} from '../../helpers/providerBench.ts'

const HOUR = 3_600_000
let bench: ProviderBench
let now = Date.UTC(2026, 10, 22, 22)
beforeAll(async () => {
  bench = await providerBench('replicate', { now: () => now })
})
afterEach(async () => {
  await bench.server.clearFaults()
  await bench.server.set(DEFAULT_SETTINGS)
})
afterAll(() => bench.close())

const text = (fields = {}) =>
  routeRequest('replicate', 'a market', { duration: 5, seed: 0, ...fields })
const withFrame = (length: number) => ({
  ...text({ image: { $frame: 0 } }),
  frames: [fileFrame(length)],
})
const lastBody = async (): Promise<unknown> => (await bench.server.renders()).at(-1)?.input

describe('what Replicate is sent', () => {
  it('is only the input, at the official model', async () => {
    await bench.order(text({ resolution: '720p' }))
    expect(await lastBody()).toEqual({
      input: { prompt: 'a market', duration: 5, seed: 0, resolution: '720p' },
    })
    const create = (await bench.server.requests()).findLast(({ kind }) => kind === 'create')
    expect(create?.path).toBe('/v1/models/bytedance/seedance-2.0/predictions')
    expect(create?.headers).toMatchObject({ authorization: `Bearer ${bench.call().apiKey}` })
  })

  it('names the version of a community model', async () => {
    await bench.order({ ...text(), endpoint: 'version:5c7d5dc6dd8bf75c' })
    expect(await lastBody()).toEqual({
      version: '5c7d5dc6dd8bf75c',
      input: { prompt: 'a market', duration: 5, seed: 0 },
    })
    expect((await bench.server.bill()).at(-1)?.path).toBe('/v1/predictions')
  })

  it.each(['no-slash', 'a/b/c', '../../files', 'version:'])(
    'is nothing for the endpoint %s',
    async (endpoint) => {
      await expect(bench.prepare({ ...text(), endpoint })).rejects.toThrow('ENDPOINT_INVALID')
    },
  )

  it('has a small frame inside, and a large one behind the files API, once', async () => {
    await bench.order(withFrame(256 * 1024))
    const uri = `data:image/png;base64,${Buffer.from(frameBytes(256 * 1024)).toString('base64')}`
    expect(await lastBody()).toMatchObject({ input: { image: uri } })
    await bench.order(withFrame(256 * 1024 + 1))
    await bench.order(withFrame(256 * 1024 + 1))
    expect(await lastBody()).toMatchObject({
      input: { image: expect.stringMatching(/_uploads\/1$/) as string },
    })
    expect((await bench.server.requests()).filter(({ kind }) => kind === 'upload')).toHaveLength(1)
  })
})

describe('a prediction', () => {
  it('that ended before it began is cancelled and costs nothing', async () => {
    await bench.server.set({ renders: { mode: 'clock', minMs: HOUR, maxMs: HOUR } })
    const operation = await bench.order(text())
    now += 1
    await bench.provider.cancel?.(operation, bench.call())
    expect(await bench.provider.check(operation, bench.call())).toMatchObject({
      kind: 'cancelled',
      cost: { micros: 0 },
    })
  })

  it('that was cancelled while it ran may be billed', async () => {
    await bench.server.set({ renders: { mode: 'hand' } })
    const operation = await bench.order(text())
    await bench.provider.cancel?.(operation, bench.call())
    expect(await bench.provider.check(operation, bench.call())).toEqual({ kind: 'cancelled' })
    expect(bench.provider.traits.charges.cancelled).toBe('unknown')
  })

  it('whose output was deleted has succeeded with nothing to fetch', async () => {
    const operation = await bench.order(text())
    now += 2 * HOUR
    expect(await bench.provider.check(operation, bench.call())).toEqual({
      kind: 'succeeded',
      outputs: [],
    })
  })

  it.each([
    ['The input or output was flagged as sensitive (E005)', 'contentPolicy', 'E005'],
    ['Prediction timed out', 'timeout', 'PREDICTION_FAILED'],
    ['Service is temporarily unavailable due to high demand (E003)', 'unavailable', 'E003'],
    ['Something odd', 'unknown', 'PREDICTION_FAILED'],
  ])('that failed with %j is %s', async (message, kind, code) => {
    await bench.server.set({
      outcomes: [{ includes: 'market', outcome: { kind: 'fail', message } }],
    })
    const outcome = await bench.provider.check(await bench.order(text()), bench.call())
    expect(outcome).toMatchObject({ kind: 'failed', error: { kind, code } })
  })
})

describe('the limits of Replicate', () => {
  it('tell their wait in words', async () => {
    await bench.server.fault({ on: 'create', how: { kind: 'status', status: 429 } })
    const outcome = await bench.submit(await bench.prepare(text()))
    expect(outcome).toMatchObject({
      kind: 'refused',
      retryAfterMs: 30_000,
      error: { kind: 'rateLimit' },
    })
  })

  it('tell missing credit apart', async () => {
    await bench.server.fault({ on: 'create', how: { kind: 'status', status: 402 } })
    const outcome = await bench.submit(await bench.prepare(text()))
    expect(outcome).toMatchObject({
      kind: 'refused',
      error: { kind: 'quota', code: 'INSUFFICIENT_CREDIT' },
    })
  })

  it('name a field that the model does not know', async () => {
    const outcome = await bench.submit(await bench.prepare(text({ fps: 24 })))
    expect(outcome).toMatchObject({
      kind: 'refused',
      error: { kind: 'invalidRequest', code: 'INPUT_VALIDATION_FAILED' },
    })
    expect(outcome.kind === 'refused' && outcome.error.message).toContain('fps')
  })
})
