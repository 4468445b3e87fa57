import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  fileFrame,
  frameBytes,
  providerBench,
  routeRequest,
  type ProviderBench,
} from '../../helpers/providerBench.ts'

let bench: ProviderBench
beforeAll(async () => {
  bench = await providerBench('lumenfall')
})
afterAll(() => bench.close())

const lastInput = async (): Promise<unknown> => (await bench.server.renders()).at(-1)?.input

describe('what lumenfall is sent', () => {
  it('is the documented JSON with the idempotency key, under the documented path', async () => {
    const request = routeRequest('lumenfall', 'a red fox', {
      seconds: '8',
      size: '1280x720',
      seed: 0,
      negative_prompt: 'blur',
    })
    const wire = await bench.prepare(request, { idempotencyKey: 'job_01X:3' })
    await bench.submit(wire)
    expect(await lastInput()).toEqual({
      model: 'kling-v3',
      prompt: 'a red fox',
      seconds: '8',
      size: '1280x720',
      seed: 0,
      negative_prompt: 'blur',
      idempotency_key: 'job_01X:3',
    })
    const [line] = (await bench.server.bill()).slice(-1)
    expect(line).toMatchObject({
      path: '/openai/v1/videos',
      idempotencyKey: 'job_01X:3',
      accepted: true,
    })
    const sent = (await bench.server.requests()).findLast(({ kind }) => kind === 'create')?.headers
    expect(sent).toMatchObject({
      'content-type': 'application/json',
      authorization: `Bearer ${bench.call().apiKey}`,
    })
  })

  it('holds a frame as a data URI, and a linked frame as its link', async () => {
    const field = { input_reference: { image_url: { $frame: 0 } } }
    await bench.order({
      ...routeRequest('lumenfall', 'from a still', field),
      frames: [fileFrame(5_000)],
    })
    const uri = `data:image/png;base64,${Buffer.from(frameBytes(5_000)).toString('base64')}`
    expect(await lastInput()).toMatchObject({ input_reference: { image_url: uri } })
    const link = { kind: 'url', role: 'firstFrame', url: 'https://pictures.example/a.png' } as const
    await bench.order({ ...routeRequest('lumenfall', 'from a link', field), frames: [link] })
    expect(await lastInput()).toMatchObject({ input_reference: { image_url: link.url } })
  })

  it('wraps frames that stand bare, alone or in a list', async () => {
    const frames = [fileFrame(100), fileFrame(200)]
    await bench.order({
      ...routeRequest('lumenfall', 'bare', { input_reference: { $frame: 0 } }),
      frames,
    })
    expect(await lastInput()).toMatchObject({
      input_reference: { image_url: expect.stringMatching(/^data:/) as string },
    })
    await bench.order({
      ...routeRequest('lumenfall', 'list', { input_reference: [{ $frame: 0 }, { $frame: 1 }] }),
      frames,
    })
    expect(await lastInput()).toMatchObject({
      input_reference: [
        { image_url: expect.any(String) as string },
        { image_url: expect.any(String) as string },
      ],
    })
  })

  it('forces a route by its name', async () => {
    await bench.order({ ...routeRequest('lumenfall', 'forced'), endpoint: 'fal/kling-v3' })
    expect(await lastInput()).toMatchObject({ model: 'fal/kling-v3' })
  })

  it('is shown beforehand as it will be, without key, secret or bytes', () => {
    const field = { input_reference: { image_url: { $frame: 0 } } }
    const frame = fileFrame(5_000)
    const shown = bench.provider.describe(
      { ...routeRequest('lumenfall', 'plan', field), frames: [frame] },
      bench.call(),
    )
    expect(shown).toEqual({
      method: 'POST',
      url: `${bench.server.url}/openai/v1/videos`,
      body: {
        model: 'kling-v3',
        prompt: 'plan',
        input_reference: { image_url: { file: 'still.png', sha256: frame.sha256, bytes: 5_000 } },
      },
    })
  })

  it('needs a key', async () => {
    await expect(
      bench.prepare(routeRequest('lumenfall', 'no key'), { apiKey: null }),
    ).rejects.toThrow('NO_KEY')
  })

  it('has the same fingerprint for twins and another for other work', async () => {
    const one = await bench.prepare(routeRequest('lumenfall', 'twin', { seed: 1 }))
    const two = await bench.prepare(routeRequest('lumenfall', 'twin', { seed: 1 }))
    expect(two.fingerprint).toBe(one.fingerprint)
    expect(Buffer.from(two.body).equals(Buffer.from(one.body)), 'the key differs').toBe(false)
    const others = [
      routeRequest('lumenfall', 'twin', { seed: 2 }),
      { ...routeRequest('lumenfall', 'twin', { seed: 1 }), endpoint: 'wan-2.6' },
    ]
    for (const other of others)
      expect((await bench.prepare(other)).fingerprint).not.toBe(one.fingerprint)
    expect(
      (
        await bench.prepare(routeRequest('lumenfall', 'twin', { seed: 1 }), {
          credential: 'second',
        })
      ).fingerprint,
    ).not.toBe(one.fingerprint)
  })
})

describe('what lumenfall answers', () => {
  it('becomes output, cost and expiry', async () => {
    await bench.server.set({ costMicros: 1_234_567 })
    const done = await bench.provider.check(
      await bench.order(routeRequest('lumenfall', 'costs')),
      bench.call(),
    )
    const [render] = (await bench.server.renders()).slice(-1)
    expect(done).toMatchObject({
      kind: 'succeeded',
      cost: { micros: 1_234_567, currency: 'USD', estimated: false },
      outputs: [
        {
          kind: 'url',
          url: `${bench.server.url}/_files/${render?.id}/0.mp4`,
          withKey: false,
          bytes: expect.any(Number) as number,
        },
      ],
      expiresAtMs: expect.any(Number) as number,
    })
  })

  it('is an estimate while it renders', async () => {
    await bench.server.set({ renders: { mode: 'hand' } })
    const running = await bench.provider.check(
      await bench.order(routeRequest('lumenfall', 'running')),
      bench.call(),
    )
    await bench.server.set({ renders: { mode: 'instant' } })
    expect(running).toMatchObject({ kind: 'running', cost: { estimated: true } })
  })

  it('is a balance and a list of models', async () => {
    expect(await bench.provider.verifyKey(bench.call())).toEqual({
      kind: 'valid',
      detail: '$12.50 left',
      balance: { micros: 12_500_000, currency: 'USD', estimated: false },
    })
    const models = await bench.provider.availableEndpoints?.(bench.call())
    expect(models?.ok === true && models.value).toContain('kling-v3')
  })

  it('checks a key at a gateway of one’s own by its models, so that the key stays there', async () => {
    const baseUrls = { ...bench.call().baseUrls, api: 'https://api.lumenfall.ai/v1' }
    expect(await bench.provider.verifyKey(bench.call({ baseUrls }))).toMatchObject({
      kind: 'valid',
    })
  })

  it('names a retired model as such', async () => {
    const outcome = await bench.submit(
      await bench.prepare({ ...routeRequest('lumenfall', 'gone'), endpoint: 'no-such-model' }),
    )
    expect(outcome).toMatchObject({
      kind: 'refused',
      error: { kind: 'modelRetired', code: 'MODEL_NOT_FOUND', httpStatus: 404 },
    })
  })
})
