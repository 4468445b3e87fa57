import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import type { RouteRequest } from '../../../src/shared/domain/generation.ts'
import {
  fileFrame,
  frameBytes,
  providerBench,
  routeRequest,
  type BenchOptions,
  type ProviderBench,
} from '../../helpers/providerBench.ts'

const benches: ProviderBench[] = []
afterAll(() => Promise.all(benches.map((bench) => bench.close())))

async function at(dialect: string, options: BenchOptions = {}): Promise<ProviderBench> {
  const bench = await providerBench('openai-videos', {
    dialect,
    providerSettings: { preset: dialect },
    ...options,
  })
  onTestFinished(() => bench.close())
  return bench
}

const text = (fields = {}): RouteRequest =>
  routeRequest('openai-videos', 'a paper boat', { seconds: '8', size: '1280x720', ...fields })
const withFrame = (): RouteRequest => ({
  ...text({ input_reference: { image_url: { $frame: 0 } } }),
  mode: 'imageToVideo',
  frames: [fileFrame(4_000)],
})
const withLink = (): RouteRequest => ({
  ...withFrame(),
  frames: [{ kind: 'url', role: 'firstFrame', url: 'https://pictures.example/a.png' }],
})
const inputOf = async (bench: ProviderBench): Promise<unknown> =>
  (await bench.server.renders()).at(-1)?.input
const contentTypeOf = async (bench: ProviderBench): Promise<string> =>
  (await bench.server.requests()).findLast(({ kind }) => kind === 'create')?.headers[
    'content-type'
  ] ?? ''

describe('OpenAI’s own format', () => {
  it('is JSON with the frame as a data URI', async () => {
    const bench = await at('openai')
    await bench.order(withFrame())
    expect(await contentTypeOf(bench)).toBe('application/json')
    const uri = `data:image/png;base64,${Buffer.from(frameBytes(4_000)).toString('base64')}`
    expect(await inputOf(bench)).toEqual({
      model: 'sora-2',
      prompt: 'a paper boat',
      seconds: '8',
      size: '1280x720',
      input_reference: { image_url: uri },
    })
  })

  it('is a form by setting, with the frame as a file', async () => {
    const bench = await at('openai', { providerSettings: { encoding: 'multipart' } })
    await bench.order(withFrame())
    expect(await contentTypeOf(bench)).toMatch(/^multipart\/form-data/)
    expect(await inputOf(bench)).toEqual({
      model: 'sora-2', prompt: 'a paper boat', seconds: '8', size: '1280x720',
      input_reference: { fileName: 'still.png', contentType: 'image/png', bytes: 4_000 },
    }) // prettier-ignore
  })

  it('freezes the same bytes for the same request', async () => {
    const bench = await at('openai', { providerSettings: { encoding: 'multipart' } })
    const [one, two] = [await bench.prepare(withFrame()), await bench.prepare(withFrame())]
    expect(Buffer.from(two.body).equals(Buffer.from(one.body))).toBe(true)
    expect(two.headers).toEqual(one.headers)
  })

  it('has its bytes behind the key, at the API itself', async () => {
    const bench = await at('openai')
    const operation = await bench.order(text())
    const done = await bench.provider.check(operation, bench.call())
    expect(done).toMatchObject({
      kind: 'succeeded',
      outputs: [{ url: `${bench.server.url}/v1/videos/${operation.id}/content`, withKey: true }],
    })
    expect(bench.provider.keyHeaders?.('sk-x')).toEqual({ authorization: 'Bearer sk-x' })
  })

  it('cannot cancel, and deletes nothing that was paid for', async () => {
    const bench = await at('openai')
    const operation = await bench.order(text())
    expect(await bench.provider.cancel?.(operation, bench.call())).toEqual({ kind: 'unsupported' })
    expect((await bench.provider.check(operation, bench.call())).kind).toBe('succeeded')
  })

  it.each([
    ['invalid_api_key', 401, 'auth'],
    ['insufficient_quota', 429, 'quota'],
    ['rate_limit_exceeded', 429, 'rateLimit'],
    ['moderation_blocked', 400, 'contentPolicy'],
    ['model_not_found', 404, 'modelRetired'],
  ])('names %s by what can be done about it', async (code, status, kind) => {
    const { readError } = await import('../../../src/main/providers/openaiVideos/errors.ts')
    const body = Buffer.from(JSON.stringify({ error: { message: 'Because.', type: 'x', code } }))
    expect(
      readError({ kind: 'answer', status, headers: { 'x-request-id': 'req_1' }, body }),
    ).toMatchObject({ kind, code: code.toUpperCase(), requestId: 'req_1' })
  })
})

describe('vLLM-Omni', () => {
  it('gets a form for text too', async () => {
    const bench = await at('vllm-omni')
    await bench.order(text({ width: 1280, height: 720, seed: 0, lora: { name: 'x' } }))
    expect(await contentTypeOf(bench)).toMatch(/^multipart\/form-data/)
    expect(await inputOf(bench)).toEqual({
      model: 'sora-2',
      prompt: 'a paper boat',
      seconds: '8',
      size: '1280x720',
      width: '1280',
      height: '720',
      seed: '0',
      lora: '{"name":"x"}',
    })
  })

  it('gets a file as input_reference and a link as image_reference', async () => {
    const bench = await at('vllm-omni')
    await bench.order(withFrame())
    expect(await inputOf(bench)).toMatchObject({
      input_reference: { contentType: 'image/png', bytes: 4_000 },
    })
    await bench.order(withLink())
    expect(await inputOf(bench)).toMatchObject({
      image_reference: '{"image_url":"https://pictures.example/a.png"}',
    })
  })

  it('needs no key', async () => {
    const bench = await at('vllm-omni')
    const wire = await bench.prepare(text(), { apiKey: null })
    expect((await bench.provider.submit(wire, bench.call({ apiKey: null }))).kind).toBe('accepted')
  })

  it('is never asked to delete what is finished', async () => {
    const bench = await at('vllm-omni')
    const operation = await bench.order(text())
    expect(await bench.provider.cancel?.(operation, bench.call())).toEqual({ kind: 'tooLate' })
    expect((await bench.server.requests()).some(({ method }) => method === 'DELETE')).toBe(false)
  })
})

describe('SGLang', () => {
  it('gets JSON for text, with whole seconds as a number', async () => {
    const bench = await at('sglang')
    await bench.order(text())
    expect(await contentTypeOf(bench)).toBe('application/json')
    expect(await inputOf(bench)).toMatchObject({ seconds: 8 })
  })

  it('gets a form with a file for a frame', async () => {
    const bench = await at('sglang')
    await bench.order(withFrame())
    expect(await contentTypeOf(bench)).toMatch(/^multipart\/form-data/)
    expect(await inputOf(bench)).toMatchObject({ seconds: '8', input_reference: { bytes: 4_000 } })
  })

  it('lists without saying whether more follows, and is read all the same', async () => {
    const bench = await at('sglang')
    const wire = await bench.prepare(text())
    await bench.submit(wire)
    const found = await bench.provider.findSubmitted?.(
      { endpoint: 'sora-2', sinceMs: 0, wire },
      bench.call(),
    )
    expect(found?.ok === true && found.value.map(({ match }) => match)).toEqual(['same'])
  })
})

describe('LiteLLM', () => {
  it('gets JSON for text and a form for a frame', async () => {
    const bench = await at('litellm')
    await bench.order(text())
    expect(await contentTypeOf(bench)).toBe('application/json')
    await bench.order(withFrame())
    expect(await contentTypeOf(bench)).toMatch(/^multipart\/form-data/)
  })

  it('repeats the status as a code, which is not taken for one', async () => {
    const bench = await at('litellm')
    await bench.server.fault({ on: 'create', how: { kind: 'status', status: 429 } })
    expect(await bench.submit(await bench.prepare(text()))).toMatchObject({
      kind: 'refused',
      error: { kind: 'rateLimit', code: 'INVALID_REQUEST_ERROR' },
    })
  })
})

describe('the settings', () => {
  it('are strict: what cannot be read sends nothing', async () => {
    const bench = await at('openai', { providerSettings: { preset: 'no-such-server' } })
    await expect(bench.prepare(text())).rejects.toThrow('SETTINGS_INVALID')
  })

  it('show in the plan exactly what is sent', async () => {
    const bench = await at('vllm-omni')
    const frame = fileFrame(4_000)
    expect(bench.provider.describe(withFrame(), bench.call())?.body).toEqual({
      model: 'sora-2', prompt: 'a paper boat', seconds: '8', size: '1280x720',
      input_reference: { file: 'still.png', sha256: frame.sha256, bytes: 4_000 },
    }) // prettier-ignore
  })
})
