import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { readBill } from '../../../src/main/providers/fal/bills.ts'
import type { PriceQuestions } from '../../../src/main/providers/spec.ts'
import { DEFAULT_SETTINGS } from '../../servers/world.ts'
import {
  fileFrame,
  frameBytes,
  providerBench,
  routeRequest,
  type ProviderBench,
} from '../../helpers/providerBench.ts'

let bench: ProviderBench
beforeAll(async () => {
  bench = await providerBench('fal')
})
afterEach(async () => {
  await bench.server.clearFaults()
  await bench.server.set(DEFAULT_SETTINGS)
})
afterAll(() => bench.close())

const text = (fields = {}) => routeRequest('fal', 'a lighthouse', { duration: '5', ...fields })
const withFrame = (length = 4_000) => ({
  ...text({ start_image_url: { $frame: 0 } }),
  endpoint: 'fal-ai/kling-video/v2.6/pro/image-to-video',
  frames: [fileFrame(length)],
})
const sent = async (kind: string) =>
  (await bench.server.requests()).findLast((request) => request.kind === kind)

describe('what fal is sent', () => {
  it('is the input at the top level, at the full endpoint, with the documented headers', async () => {
    await bench.order(text({ aspect_ratio: '16:9', generate_audio: false, cfg_scale: 0.5 }))
    expect((await bench.server.renders()).at(-1)?.input).toEqual({
      prompt: 'a lighthouse',
      duration: '5',
      aspect_ratio: '16:9',
      generate_audio: false,
      cfg_scale: 0.5,
    })
    const create = await sent('create')
    expect(create?.path).toBe('/queue/fal-ai/kling-video/v2.6/pro/text-to-video')
    expect(create?.headers).toMatchObject({
      authorization: `Key ${bench.call().apiKey}`,
      'x-fal-no-retry': '1',
      'x-fal-object-lifecycle-preference': '{"expiration_duration_seconds":604800}',
      'x-fal-request-start-timeout': '7200',
    })
  })

  it('has the headers that the person chose', async () => {
    const settings = { noRetry: false, keepSeconds: null, startTimeoutSeconds: 60 }
    const wire = await bench.prepare(text(), { settings })
    expect(wire.headers).not.toHaveProperty('x-fal-no-retry')
    expect(wire.headers).not.toHaveProperty('x-fal-object-lifecycle-preference')
    expect(wire.headers['x-fal-request-start-timeout']).toBe('60')
    await expect(bench.prepare(text(), { settings: { noRetry: 'yes' } })).rejects.toThrow(
      'SETTINGS_INVALID',
    )
  })

  it('gets a frame through its storage once for the whole batch, without the key', async () => {
    const uploads = async () =>
      (await bench.server.requests()).filter(({ path }) => path.startsWith('/_uploads/'))
    const before = (await uploads()).length
    await Promise.all([
      bench.order(withFrame()),
      bench.order(withFrame()),
      bench.order(withFrame()),
    ])
    const put = (await uploads()).slice(before)
    expect(put).toHaveLength(1)
    expect(put[0]?.headers).not.toHaveProperty('authorization')
    expect(put[0]?.headers).toMatchObject({ 'content-type': 'image/png', 'content-length': '4000' })
    expect((await bench.server.renders()).at(-1)?.input).toMatchObject({
      start_image_url: `${bench.server.url}${put[0]?.path}`,
    })
  })

  it('leaves a linked frame as it is', async () => {
    const url = 'https://pictures.example/a.png'
    await bench.order({ ...withFrame(), frames: [{ kind: 'url', role: 'firstFrame', url }] })
    expect((await bench.server.renders()).at(-1)?.input).toMatchObject({ start_image_url: url })
  })

  it('has the frame inside the body where only the queue is one’s own', async () => {
    const baseUrls = { ...bench.call().baseUrls, rest: 'https://rest.fal.ai' }
    const wire = await bench.prepare(withFrame(300), { baseUrls })
    const uri = `data:image/png;base64,${Buffer.from(frameBytes(300)).toString('base64')}`
    expect(JSON.parse(Buffer.from(wire.body).toString())).toMatchObject({ start_image_url: uri })
  })

  it('sends no create when the upload fails, and tries the upload anew next time', async () => {
    const before = (await bench.server.bill()).length
    await bench.server.fault({
      on: 'upload',
      includes: '_uploads',
      how: { kind: 'status', status: 500 },
    })
    await expect(bench.prepare(withFrame(777))).rejects.toThrow('INTERNAL_ERROR')
    expect((await bench.server.bill()).length).toBe(before)
    await expect(bench.prepare(withFrame(777))).resolves.toBeDefined()
  })

  it('refuses an upload link into this machine that is not its own', async () => {
    const { uploadFrame } = await import('../../../src/main/providers/fal/upload.ts')
    const http = { create: bench.call().http.create, call: bench.call().http.call }
    const led = {
      ...http,
      call: async (request: Parameters<typeof http.call>[0]) => {
        if (request.method !== 'POST') return http.call(request)
        const body = Buffer.from(
          JSON.stringify({
            upload_url: 'https://169.254.169.254/latest',
            file_url: 'https://x.example/a.png',
          }),
        )
        return { kind: 'answer' as const, status: 200, headers: {}, body }
      },
    }
    const settings = { noRetry: true, keepSeconds: null, startTimeoutSeconds: null }
    const voice = { name: 'fal', readError: () => null, keyHeaders: () => ({}) }
    const call = {
      ...bench.call({ http: led }),
      jobId: 'job_01T' as const,
      idempotencyKey: 'k',
      readFrame: () => Promise.resolve(frameBytes(1)),
      label: { row: 1, take: 1, modelName: '', providerName: '' },
    }
    const outcome = await uploadFrame(
      { frame: fileFrame(1), bytes: frameBytes(1), settings, voice },
      call,
    )
    expect(outcome).toMatchObject({ ok: false, error: { code: 'URL_NOT_PUBLIC' } })
  })
})

describe('a request in fal’s queue', () => {
  it('is asked by the three URLs that fal gave, which leave the sub-path out', async () => {
    const operation = await bench.order(text())
    const url = `${bench.server.url}/queue/fal-ai/kling-video/requests/${operation.id}`
    expect(operation.data).toMatchObject({
      statusUrl: `${url}/status`,
      responseUrl: url,
      cancelUrl: `${url}/cancel`,
    })
    await bench.provider.check(operation, bench.call())
    expect((await sent('look'))?.path).toBe(
      `/queue/fal-ai/kling-video/requests/${operation.id}/status`,
    )
  })

  it('is asked at the configured queue even when the URLs name another host', async () => {
    const operation = await bench.order(text())
    const foreign = JSON.parse(
      JSON.stringify(operation.data).replaceAll(
        `${bench.server.url}/queue`,
        'https://queue.fal.run',
      ),
    ) as never
    const outcome = await bench.provider.check({ ...operation, data: foreign }, bench.call())
    expect(outcome.kind).toBe('succeeded')
  })

  it('can be taken up by its id alone', async () => {
    const { id } = await bench.order(text())
    const operation = bench.provider.operationFromId?.(id, text())
    if (operation === undefined) throw new Error('no operation')
    expect((await bench.provider.check(operation, bench.call())).kind).toBe('succeeded')
    expect(await bench.provider.cancel?.(operation, bench.call())).toEqual({ kind: 'tooLate' })
  })

  it('tells size, seed and place in the queue', async () => {
    const done = await bench.provider.check(await bench.order(text()), bench.call())
    expect(done).toMatchObject({
      kind: 'succeeded',
      seed: 4242,
      outputs: [{ bytes: expect.any(Number) as number, withKey: false }],
    })
  })

  it.each([
    { status: 422, code: 'content_policy_violation', kind: 'contentPolicy', isFree: false },
    { status: 422, code: 'image_too_small', kind: 'invalidRequest', isFree: false },
    { status: 500, code: 'runner_server_error', kind: 'unavailable', isFree: true },
    { status: 503, code: 'runner_scheduling_failure', kind: 'unavailable', isFree: true },
    { status: 504, code: 'request_timeout', kind: 'timeout', isFree: true },
    { status: 504, code: 'startup_timeout', kind: 'timeout', isFree: true },
  ])('that is COMPLETED with $status $code has failed', async ({ status, code, kind, isFree }) => {
    await bench.server.set({
      outcomes: [
        { includes: 'lighthouse', outcome: { kind: 'fail', status, code, message: 'Something.' } },
      ],
    })
    const outcome = await bench.provider.check(await bench.order(text()), bench.call())
    expect(outcome).toMatchObject({
      kind: 'failed',
      error: { kind, code: code.toUpperCase(), httpStatus: status },
    })
    expect(outcome.kind === 'failed' && outcome.cost?.micros === 0).toBe(isFree)
  })

  it.each([
    ['an untyped 500', { kind: 'status', status: 500, body: 'html' }],
    ['a 502 page', { kind: 'status', status: 502, body: 'html' }],
    ['a 404', { kind: 'status', status: 404 }],
    ['a 429', { kind: 'status', status: 429 }],
    ['a 401', { kind: 'status', status: 401 }],
    ['a 403', { kind: 'status', status: 403 }],
    ['a 4xx page', { kind: 'status', status: 418, body: 'html' }],
    ['a cut answer', { kind: 'cut' }],
    ['a lost answer', { kind: 'destroy', when: 'afterBody' }],
  ] as const)('that is COMPLETED has not failed for %s of the result call', async (_, how) => {
    const operation = await bench.order(text())
    await bench.server.fault({ on: 'result', how })
    expect(['unreachable', 'missing']).toContain(
      (await bench.provider.check(operation, bench.call())).kind,
    )
    expect((await bench.provider.check(operation, bench.call())).kind).toBe('succeeded')
  })

  it('counts a failure without billed units as free', async () => {
    const { readFailure } = await import('../../../src/main/providers/fal/response.ts')
    const body = Buffer.from(
      JSON.stringify({
        detail: [
          {
            loc: ['body', 'image_url'],
            msg: 'The image was flagged',
            type: 'content_policy_violation',
          },
        ],
      }),
    )
    const answer = {
      kind: 'answer' as const,
      status: 422,
      headers: { 'x-fal-billable-units': '0' },
      body,
    }
    expect(readFailure(answer, true)).toMatchObject({
      kind: 'failed',
      cost: { micros: 0 },
      error: { kind: 'contentPolicy', refusedPart: 'image' },
    })
  })
})

/** fal's estimates are no orders: nothing is written down for them. */
const NO_QUESTIONS: PriceQuestions = {
  begin: () => {
    throw new TypeError('fal was asked by what could be an order')
  },
  end: () => undefined,
}

describe('money at fal', () => {
  it('is estimated by seconds where the endpoint is priced so, by clip, or by what calls cost so far', async () => {
    const price = (endpoint: string) =>
      bench.provider.estimate?.(
        { ...text(), endpoint },
        { ...bench.call(), questions: NO_QUESTIONS },
      )
    expect(await price('fal-ai/veo3.1')).toEqual({
      ok: true,
      value: { micros: 800_000, currency: 'USD', estimated: true },
    })
    expect(await price('fal-ai/minimax/hailuo-2.3/pro/text-to-video')).toMatchObject({
      value: { micros: 200_000 },
    })
    await bench.server.set({ costMicros: 330_000 })
    expect(await price('fal-ai/luma-dream-machine/ray-2')).toMatchObject({
      value: { micros: 330_000 },
    })
  })

  it('is what its bill says, where the key may read that; another is asked once', async () => {
    const asked = async () =>
      (await bench.server.requests()).filter(({ path }) => path.includes('billing-events'))
    const operation = await bench.order(text())
    for (const _ of [1, 2]) {
      const outcome = await bench.provider.check(operation, bench.call())
      expect(outcome).toMatchObject({ kind: 'succeeded' })
      expect(outcome).not.toHaveProperty('cost')
    }
    expect(await asked()).toHaveLength(1)

    const admin = { ...bench.call(), credential: 'admin' }
    await bench.server.set({ showsBills: true, costMicros: 123_456 })
    const billed = await bench.order(text())
    expect(await bench.provider.check(billed, admin)).toMatchObject({
      kind: 'succeeded',
      cost: { micros: 123_456, currency: 'USD', estimated: false },
    })
  })

  it('takes an empty bill for no proof, and sums what is on it', () => {
    const events = (...costs: number[]) => ({
      billing_events: costs.map((cost) => ({ request_id: 'r', cost_total: cost })),
    })
    expect(readBill(events(), 'r')).toBeUndefined()
    expect(readBill(events(0.1), 'other')).toBeUndefined()
    expect(readBill(events(0), 'r')).toBeUndefined()
    expect(readBill({ billing_events: 'later' }, 'r')).toBeUndefined()
    expect(readBill(events(0.1, 0.2), 'r')).toMatchObject({ micros: 300_000, estimated: false })
  })

  it('tells a locked account from a wrong key', async () => {
    const { readError } = await import('../../../src/main/providers/fal/errors.ts')
    const said = (detail: string) =>
      readError({
        kind: 'answer',
        status: 403,
        headers: {},
        body: Buffer.from(JSON.stringify({ detail })),
      })
    expect(said('User is locked. Reason: Exhausted balance.')).toMatchObject({ kind: 'quota' })
    expect(said('Forbidden')).toMatchObject({ kind: 'auth' })
  })
})
