import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import {
  HOSTED,
  providerBench,
  routeRequest,
  type HostedId,
  type ProviderBench,
} from '../../helpers/providerBench.ts'
import type { SubmitOutcome } from '../../../src/main/providers/spec.ts'
import type { Fault, FaultHow } from '../../servers/types.ts'

type Kind = SubmitOutcome['kind']
type StatusHow = Extract<FaultHow, { kind: 'status' }>

interface Case {
  readonly name: string
  readonly how: FaultHow
  readonly accept?: boolean
  readonly expect: Kind
}

const status = (code: number, more: Partial<StatusHow> = {}): StatusHow => ({
  kind: 'status',
  status: code,
  ...more,
})

/** Money rule 3, whole: what each answer to a create means. */
const CASES: readonly Case[] = [
  ...[400, 401, 402, 403, 404, 413, 422, 429].map((code): Case => ({
    name: `${code} in the envelope`,
    how: status(code),
    expect: 'refused',
  })),
  ...[400, 401, 402, 403, 404, 413, 422, 429].map((code): Case => ({
    name: `${code} as a web page`,
    how: status(code, { body: 'html' }),
    expect: 'unknown',
  })),
  { name: '429 cut off', how: status(429, { body: 'cut' }), expect: 'unknown' },
  { name: '429 with Retry-After', how: status(429, { retryAfter: '7' }), expect: 'refused' },
  { name: '503 with Retry-After', how: status(503, { retryAfter: '7' }), expect: 'refused' },
  {
    name: '503 with Retry-After as a web page',
    how: status(503, { retryAfter: '7', body: 'html' }),
    expect: 'unknown',
  },
  ...[408, 409, 500, 502, 503, 504].flatMap((code): Case[] => [
    { name: `${code} in the envelope, not taken`, how: status(code), expect: 'unknown' },
    { name: `${code} in the envelope, taken`, how: status(code), accept: true, expect: 'unknown' },
  ]),
  ...[301, 302, 307, 308].map((code): Case => ({
    name: `${code} to elsewhere`,
    how: status(code, { location: '/v1/elsewhere', body: 'empty' }),
    expect: 'refused',
  })),
  { name: '304', how: status(304, { body: 'empty' }), expect: 'refused' },
  {
    name: '303, taken',
    how: status(303, { location: '/v1/elsewhere', body: 'empty' }),
    accept: true,
    expect: 'unknown',
  },
  { name: '421', how: status(421, { body: 'empty' }), expect: 'refused' },
  {
    name: 'a connection destroyed before the body',
    how: { kind: 'destroy', when: 'beforeBody' },
    expect: 'unknown',
  },
  {
    name: 'a connection destroyed after the body',
    how: { kind: 'destroy', when: 'afterBody' },
    expect: 'unknown',
  },
  {
    name: 'a connection destroyed after the create was taken',
    how: { kind: 'destroy', when: 'afterBody' },
    accept: true,
    expect: 'unknown',
  },
  { name: 'half an answer', how: { kind: 'half' }, expect: 'unknown' },
  { name: 'a web page with 200', how: { kind: 'html' }, expect: 'unknown' },
  { name: 'a web page with 200, taken', how: { kind: 'html' }, accept: true, expect: 'unknown' },
  { name: 'cut JSON', how: { kind: 'cut' }, expect: 'unknown' },
  { name: 'a success without an id', how: { kind: 'noId' }, expect: 'unknown' },
  { name: 'a number for an id', how: { kind: 'wrongTypes' }, expect: 'unknown' },
  { name: 'a late answer', how: { kind: 'slow', ms: 300 }, expect: 'accepted' },
]

describe.each(HOSTED)('creates of %s', (id: HostedId) => {
  let bench: ProviderBench
  beforeAll(async () => {
    bench = await providerBench(id)
  })
  afterEach(() => bench.server.clearFaults())
  afterAll(() => bench.close())

  const posts = async (): Promise<number> => (await bench.server.bill()).length

  it.each(CASES)(
    'are sent exactly once and tell the truth: $name',
    async ({ name, how, accept, expect: kind }) => {
      const fault: Fault = {
        on: 'create',
        how,
        times: 100,
        ...(accept === undefined ? {} : { accept }),
      }
      await bench.server.fault(fault)
      const before = await posts()
      const outcome = await bench.submit(await bench.prepare(routeRequest(id, name)))
      expect(outcome.kind).toBe(kind)
      expect(await posts()).toBe(before + 1)
      const line = (await bench.server.bill()).at(-1)
      expect(
        line?.accepted && outcome.kind !== 'accepted' && outcome.kind !== 'unknown',
        'a taken create that is called refused is paid for and lost',
      ).toBe(false)
    },
  )

  it('say that nothing was sent when nobody listens', async () => {
    const wire = await bench.prepare(routeRequest(id, 'to nowhere'))
    const outcome = await bench.submit({ ...wire, url: wire.url.replace(/:\d+/, ':9') })
    expect(outcome.kind).toBe('notSent')
  })

  it('tell how long to wait', async () => {
    await bench.server.fault({ on: 'create', how: status(429, { retryAfter: '7' }) })
    const outcome = await bench.submit(await bench.prepare(routeRequest(id, 'too many')))
    expect(outcome).toMatchObject({
      kind: 'refused',
      retryAfterMs: 7_000,
      error: { kind: 'rateLimit' },
    })
  })

  it('stop the lane when the base URL leads elsewhere', async () => {
    await bench.server.fault({
      on: 'create',
      how: status(308, { location: 'https://elsewhere.example/' }),
    })
    const outcome = await bench.submit(await bench.prepare(routeRequest(id, 'moved')))
    expect(outcome).toMatchObject({ kind: 'refused', stopsLane: true })
  })

  it('never meet a connection that another call left to die', async () => {
    // Looks keep connections alive; the server drops the next request on any of them.
    await bench.provider.verifyKey(bench.call())
    const before = await posts()
    await bench.server.fault({ on: 'create', how: { kind: 'destroy', when: 'afterBody' } })
    const first = await bench.submit(await bench.prepare(routeRequest(id, 'dies')))
    const second = await bench.submit(await bench.prepare(routeRequest(id, 'lives')))
    expect([first.kind, second.kind]).toEqual(['unknown', 'accepted'])
    expect(await posts()).toBe(before + 2)
  })

  it('show no key in any error', async () => {
    const key = bench.call().apiKey ?? ''
    await bench.server.set({ badKeys: [key] })
    const outcome = await bench.submit(await bench.prepare(routeRequest(id, 'bad key')))
    await bench.server.set({ badKeys: [] })
    expect(outcome).toMatchObject({ kind: 'refused', error: { kind: 'auth' } })
    expect(JSON.stringify(outcome)).not.toContain(key)
  })
})
