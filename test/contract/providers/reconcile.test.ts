import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { JsonObject } from '../../../src/shared/domain/json.ts'
import type { FoundOperation, WireRequest } from '../../../src/main/providers/spec.ts'
import { DEFAULT_SETTINGS } from '../../servers/world.ts'
import {
  fileFrame,
  providerBench,
  routeRequest,
  type HostedId,
  type ProviderBench,
} from '../../helpers/providerBench.ts'

const START = Date.UTC(2026, 10, 22, 22)
const MINUTE = 60_000
/** Lumenfall lists nothing: its unknowns are settled by the same key. */
const LISTING = ['openai-videos', 'fal', 'replicate'] as const

describe.each(LISTING)('the list of %s', (id: HostedId) => {
  let bench: ProviderBench
  let now = START
  beforeAll(async () => {
    bench = await providerBench(id, { now: () => now })
  })
  afterEach(async () => {
    now += 24 * 60 * MINUTE
    await bench.server.clearFaults()
    await bench.server.set(DEFAULT_SETTINGS)
  })
  afterAll(() => bench.close())

  const ask = (prompt: string, fields: JsonObject = {}) => routeRequest(id, prompt, fields)
  const find = async (
    wire: WireRequest,
    sinceMs = now - 10 * MINUTE,
  ): Promise<readonly FoundOperation[]> => {
    const found = await bench.provider.findSubmitted?.(
      { endpoint: ask('').endpoint, sinceMs, wire },
      bench.call(),
    )
    if (found?.ok !== true) throw new Error(JSON.stringify(found))
    return found.value
  }
  /** Sent and taken, but the answer is lost. */
  const lose = async (prompt: string, fields: JsonObject = {}): Promise<WireRequest> => {
    const wire = await bench.prepare(ask(prompt, fields))
    await bench.server.fault({
      on: 'create',
      accept: true,
      how: { kind: 'destroy', when: 'afterBody' },
    })
    expect((await bench.submit(wire)).kind).toBe('unknown')
    return wire
  }

  it('shows a create whose answer was lost, and its operation works', async () => {
    const wire = await lose('lost and found')
    const matches = (await find(wire)).filter(({ match }) => match === 'same')
    expect(matches).toHaveLength(1)
    const [match] = matches
    if (match === undefined) return
    expect((await bench.provider.check(match.operation, bench.call())).kind).toBe('succeeded')
    expect(Math.abs(match.createdAtMs - now)).toBeLessThan(1_000)
  })

  it('tells another prompt apart', async () => {
    await bench.order(ask('someone else'))
    const found = await find(await bench.prepare(ask('mine')))
    expect(found.map(({ match }) => match)).toEqual(['different'])
  })

  it('is read to its last page', async () => {
    await bench.server.set({ list: { ...DEFAULT_SETTINGS.list, pageSize: 3 } })
    const wire = await lose('the oldest of many')
    for (let index = 0; index < 10; index += 1) await bench.order(ask(`later ${index}`))
    const found = await find(wire)
    expect(found).toHaveLength(11)
    expect(found.filter(({ match }) => match === 'same')).toHaveLength(1)
  })

  it('makes an entry whose input is hidden a possible match, never a certain one', async () => {
    await bench.server.set({ list: { ...DEFAULT_SETTINGS.list, hidesInputs: true } })
    const wire = await lose('hidden')
    expect((await find(wire)).map(({ match }) => match)).toEqual(['unknown'])
  })

  it('shows nothing while it lags, and says so without an error', async () => {
    await bench.server.set({ list: { ...DEFAULT_SETTINGS.list, lagMs: MINUTE } })
    const wire = await lose('late to the list')
    expect(await find(wire)).toEqual([])
    now += 2 * MINUTE
    expect((await find(wire)).map(({ match }) => match)).toEqual(['same'])
  })

  it('shows twins as two matches, a foreign one too', async () => {
    const wire = await lose('twins')
    await lose('twins')
    const found = await find(wire)
    expect(found.map(({ match }) => match)).toEqual(['same', 'same'])
    expect(new Set(found.map(({ operation }) => operation.id)).size).toBe(2)
  })

  it('never takes two requests with other frames for one another', async () => {
    const field = {
      'openai-videos': 'input_reference',
      fal: 'start_image_url',
      replicate: 'image',
      lumenfall: 'input_reference',
    }[id]
    const value = id === 'openai-videos' ? { image_url: { $frame: 0 } } : { $frame: 0 }
    const request = (length: number) => ({
      ...ask('same words', { [field]: value }),
      mode: 'imageToVideo' as const,
      frames: [fileFrame(length)],
    })
    await bench.order(request(3_000))
    const found = await find(await bench.prepare(request(3_100)))
    expect(found.map(({ match }) => match)).toEqual(['unknown'])
  })

  it('is an error, not an empty list, when it cannot be read', async () => {
    const wire = await bench.prepare(ask('unreadable'))
    for (const how of [
      { kind: 'html' },
      { kind: 'status', status: 500 },
      { kind: 'half' },
      { kind: 'noId' },
    ] as const) {
      await bench.server.fault({ on: 'list', how })
      const found = await bench.provider.findSubmitted?.(
        { endpoint: ask('').endpoint, sinceMs: START, wire },
        bench.call(),
      )
      expect([how.kind, found?.ok]).toEqual([how.kind, false])
    }
  })

  it('holds a second page that fails against the whole pass', async () => {
    await bench.server.set({ list: { ...DEFAULT_SETTINGS.list, pageSize: 2 } })
    for (let index = 0; index < 5; index += 1) await bench.order(ask(`page ${index}`))
    await bench.server.fault({ on: 'list', skip: 1, how: { kind: 'status', status: 502 } })
    const wire = await bench.prepare(ask('on no page'))
    const found = await bench.provider.findSubmitted?.(
      { endpoint: ask('').endpoint, sinceMs: now - MINUTE, wire },
      bench.call(),
    )
    expect(found?.ok).toBe(false)
  })
})

describe('the idempotency key of lumenfall', () => {
  let bench: ProviderBench
  beforeAll(async () => {
    bench = await providerBench('lumenfall')
  })
  afterAll(() => bench.close())

  it('brings back the video of a create whose answer was lost, and nothing is charged twice', async () => {
    const wire = await bench.prepare(routeRequest('lumenfall', 'keyed'))
    await bench.server.fault({
      on: 'create',
      accept: true,
      how: { kind: 'destroy', when: 'afterBody' },
    })
    expect((await bench.submit(wire)).kind).toBe('unknown')
    const again = await bench.submit(wire)
    const [render] = await bench.server.renders()
    expect(again).toMatchObject({ kind: 'accepted', operation: { id: render?.id } })
    const bill = await bench.server.bill()
    expect(bill.map(({ accepted }) => accepted)).toEqual([true, false])
    expect(new Set(bill.map(({ bodySha256 }) => bodySha256)).size).toBe(1)
  })

  it('brings back a failed video as failed', async () => {
    await bench.server.set({
      outcomes: [{ includes: 'fails', outcome: { kind: 'fail', code: 'UPSTREAM_ERROR' } }],
    })
    const wire = await bench.prepare(routeRequest('lumenfall', 'fails'))
    await bench.submit(wire)
    const again = await bench.submit(wire)
    if (again.kind !== 'accepted') throw new Error(again.kind)
    expect((await bench.provider.check(again.operation, bench.call())).kind).toBe('failed')
  })

  it('is in doubt when the provider refuses its second use', async () => {
    await bench.server.set({ idempotency: 'refuse' })
    const wire = await bench.prepare(routeRequest('lumenfall', 'once only'))
    await bench.submit(wire)
    expect((await bench.submit(wire)).kind).toBe('unknown')
  })
})
