import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import type { Operation } from '../../../src/shared/domain/job.ts'
import type { CheckOutcome } from '../../../src/main/providers/spec.ts'
import { DEFAULT_SETTINGS } from '../../servers/world.ts'
import {
  HOSTED,
  providerBench,
  routeRequest,
  type HostedId,
  type ProviderBench,
} from '../../helpers/providerBench.ts'
import type { FaultHow } from '../../servers/types.ts'

const HOUR = 3_600_000
const START = Date.UTC(2026, 10, 22, 22)

/** What can go wrong with a look; none of it says that the render failed (money rule 9). */
/** Looks that answer, and say nothing that is understood: it still runs. */
const MEANS_RUNNING = ['noId', 'unknownStatus', 'wrongTypes']

const BAD_LOOKS: readonly FaultHow[] = [
  { kind: 'destroy', when: 'beforeBody' },
  { kind: 'half' },
  { kind: 'html' },
  { kind: 'cut' },
  { kind: 'noId' },
  { kind: 'unknownStatus' },
  { kind: 'wrongTypes' },
  ...[401, 403, 408, 409, 429, 500, 502, 503, 504].map((status): FaultHow => ({
    kind: 'status',
    status,
  })),
  ...[404, 500, 502].map((status): FaultHow => ({ kind: 'status', status, body: 'html' })),
  { kind: 'status', status: 302, location: 'http://127.0.0.1:9/', body: 'empty' },
]

describe.each(HOSTED)('a render at %s', (id: HostedId) => {
  let bench: ProviderBench
  let now = START
  beforeAll(async () => {
    bench = await providerBench(id, {
      now: () => now,
      dialect: id === 'openai-videos' ? 'vllm-omni' : undefined,
      providerSettings: id === 'openai-videos' ? { preset: 'vllm-omni' } : {},
    })
  })
  afterEach(async () => {
    now += 10 * HOUR
    await bench.server.clearFaults()
    await bench.server.set(DEFAULT_SETTINGS)
  })
  afterAll(() => bench.close())

  const check = (operation: Operation): Promise<CheckOutcome> =>
    bench.provider.check(operation, bench.call())
  /** What a restart of the app leaves of an operation. */
  const restarted = (operation: Operation): Operation =>
    JSON.parse(JSON.stringify(operation)) as Operation

  it('goes from queued over running to a video that can be fetched, across restarts', async () => {
    await bench.server.set({ renders: { mode: 'clock', minMs: 60_000, maxMs: 60_000 } })
    const operation = restarted(await bench.order(routeRequest(id, 'a walk')))
    expect((await check(operation)).kind).toBe('queued')
    now += 30_000
    expect((await check(operation)).kind).toBe('running')
    now += 31_000
    const done = await check(operation)
    expect(done).toMatchObject({ kind: 'succeeded', outputs: [{ kind: 'url' }] })
  })

  it('delivers every video that it made', async () => {
    if (id === 'lumenfall' || id === 'openai-videos') return
    await bench.server.set({ files: 3 })
    const done = await check(await bench.order(routeRequest(id, 'three of them')))
    expect(done.kind === 'succeeded' && done.outputs.length).toBe(3)
  })

  it.each(BAD_LOOKS.map((how) => [JSON.stringify(how), how] as const))(
    'is not called failed for a look with %s',
    async (_, how) => {
      await bench.server.set({ renders: { mode: 'hand' } })
      const operation = await bench.order(routeRequest(id, `look ${JSON.stringify(how)}`))
      await bench.server.fault({ on: 'look', how })
      const outcome = await check(operation)
      expect(['unreachable', 'missing', 'running']).toContain(outcome.kind)
      expect(outcome.kind === 'running' && !MEANS_RUNNING.includes(how.kind)).toBe(false)
    },
  )

  it('is missing when the provider itself does not know it', async () => {
    const operation = await bench.order(routeRequest(id, 'lost'))
    const other = {
      ...operation,
      id: 'unknown-id',
      data: { ...(operation.data as object), statusUrl: undefined } as never,
    }
    expect((await check(JSON.parse(JSON.stringify(other)) as Operation)).kind).toBe('missing')
  })

  it('tells Retry-After of a look that was refused', async () => {
    const operation = await bench.order(routeRequest(id, 'slow down'))
    await bench.server.fault({ on: 'look', how: { kind: 'status', status: 429, retryAfter: '12' } })
    expect(await check(operation)).toMatchObject({ kind: 'unreachable', retryAfterMs: 12_000 })
  })

  it('fails with the words of the provider when it failed', async () => {
    await bench.server.set({
      outcomes: [
        {
          includes: 'forbidden',
          outcome: {
            kind: 'fail',
            code: 'content_policy_violation',
            message: 'The prompt was flagged by moderation.',
          },
        },
      ],
    })
    const outcome = await check(await bench.order(routeRequest(id, 'forbidden thing')))
    expect(outcome).toMatchObject({
      kind: 'failed',
      error: { kind: 'contentPolicy', refusedPart: 'prompt' },
    })
    expect(outcome.kind === 'failed' && outcome.error.message).toContain(
      'The prompt was flagged by moderation.',
    )
  })

  it('can be cancelled while it runs, and what had finished is delivered', async () => {
    await bench.server.set({ renders: { mode: 'hand' } })
    const running = await bench.order(routeRequest(id, 'cancel me'))
    const finished = await bench.order(routeRequest(id, 'finish me'))
    await bench.server.finish(finished.id)
    expect((await bench.provider.cancel?.(running, bench.call()))?.kind).toBe('requested')
    const ended = await check(running)
    // vLLM-Omni deletes what it cancels.
    expect(ended.kind).toBe(id === 'openai-videos' ? 'missing' : 'cancelled')
    const late = await bench.provider.cancel?.(finished, bench.call())
    if (id !== 'lumenfall') expect(late?.kind).toBe('tooLate')
    expect((await check(finished)).kind).toBe('succeeded')
  })

  it('is left alone by a cancel that the provider ignores', async () => {
    await bench.server.set({ renders: { mode: 'hand' }, ignoresCancel: true })
    const operation = await bench.order(routeRequest(id, 'stubborn'))
    if (id === 'openai-videos') return
    await bench.provider.cancel?.(operation, bench.call())
    await bench.server.finish()
    expect((await check(operation)).kind).toBe('succeeded')
  })

  it('leaves a cancel that was not answered to be sent again', async () => {
    await bench.server.set({ renders: { mode: 'hand' } })
    const operation = await bench.order(routeRequest(id, 'cancel lost'))
    await bench.server.fault({ on: 'cancel', how: { kind: 'status', status: 503 } })
    expect((await bench.provider.cancel?.(operation, bench.call()))?.kind).toBe('unreachable')
  })

  it('is checked and found without a single POST', async () => {
    const operation = await bench.order(routeRequest(id, 'no posts'))
    const before = (await bench.server.bill()).length
    await check(operation)
    const wire = await bench.prepare(routeRequest(id, 'no posts'))
    await bench.provider.findSubmitted?.(
      { endpoint: routeRequest(id, '').endpoint, sinceMs: now - HOUR, wire },
      bench.call(),
    )
    await bench.provider.verifyKey(bench.call())
    expect((await bench.server.bill()).length).toBe(before)
  })

  it('needs a key that works', async () => {
    expect(await bench.provider.verifyKey(bench.call())).toMatchObject({ kind: 'valid' })
    await bench.server.set({ badKeys: [bench.call().apiKey ?? ''] })
    const refused = await bench.provider.verifyKey(bench.call())
    expect(refused).toMatchObject({ kind: 'refused', error: { kind: 'auth' } })
    expect(JSON.stringify(refused)).not.toContain(bench.call().apiKey)
    const nowhere = {
      baseUrls: Object.fromEntries(
        bench.provider.traits.baseUrls.map(({ name }) => [name, 'http://127.0.0.1:9']),
      ),
    }
    expect((await bench.provider.verifyKey(bench.call(nowhere))).kind).toBe('unreachable')
  })
})
