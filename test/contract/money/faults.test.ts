import { describe, expect, it } from 'vitest'
import { moneyHouse, until, type Audit, type MoneyHouse } from '../../helpers/moneyHouse.ts'
import { HOSTED } from '../../helpers/providerBench.ts'
import type { Fault } from '../../servers/types.ts'

/** Money invariants: never pay twice, never lose a paid clip. */
function expectSafe({ paidTwice, lost, corrupt }: Audit): void {
  expect({ paidTwice, lost, corrupt }).toEqual({ paidTwice: [], lost: [], corrupt: [] })
}

async function worked(house: MoneyHouse): Promise<Audit> {
  await house.work({ admits: true })
  const audit = await house.audit()
  expectSafe(audit)
  return audit
}

type How = Omit<Fault, 'on'>
const status = (code: number, more: object = {}): How => ({
  how: { kind: 'status', status: code, ...more },
})

describe.each(HOSTED)('a batch on %s', (id) => {
  it('is delivered and paid once, clip by clip', async () => {
    const house = await moneyHouse(id)
    const { takes, accepted, jobs } = await worked(house)
    expect([takes.length, accepted.length]).toEqual([4, 4])
    expect(jobs.every(({ status: end }) => end === 'succeeded')).toBe(true)
  })

  it('asks the person when nobody can tell whether a create was taken', async () => {
    const house = await moneyHouse(id)
    await house.server.set({ idempotency: 'refuse' })
    await house.server.fault({ on: 'create', skip: 1, how: { kind: 'destroy', when: 'afterBody' } })
    const { takes, needsYou, accepted } = await worked(house)
    // Lumenfall is asked again under the same key, which is then its first use.
    expect([takes.length + needsYou.length, accepted.length]).toEqual([
      4,
      id === 'lumenfall' ? 4 : 3,
    ])
  })

  it('waits for a list that lags', async () => {
    const house = await moneyHouse(id)
    await house.server.set({
      list: { lagMs: 200, lagCalls: 0, pageSize: 2, hidesInputs: false, hidesRunning: false },
    })
    await house.server.fault({
      on: 'create',
      skip: 1,
      accept: true,
      how: { kind: 'destroy', when: 'afterBody' },
    })
    expect((await worked(house)).takes).toHaveLength(4)
  })

  it('asks the person which of two is ours when another client ordered the same', async () => {
    if (id === 'lumenfall') return
    const house = await moneyHouse(id, { rows: 1 })
    await house.server.fault({
      on: 'create',
      accept: true,
      how: { kind: 'destroy', when: 'afterBody' },
    })
    const meanwhile = async (): Promise<void> => {
      await until(async () => (await house.server.renders()).length > 0)
      const [render] = await house.server.renders()
      const [line] = await house.server.bill()
      await house.server.addForeign({ path: line?.path ?? '', body: render?.input })
    }
    await house.work({ admits: true, meanwhile })
    const audit = await house.audit()
    expectSafe(audit)
    expect([audit.takes.length, audit.needsYou.length]).toEqual([0, 1])
    expect(audit.needsYou[0]?.evidence.join(' ')).toContain((await house.server.renders())[0]?.id)
  })

  it('tells twins apart by taking up as many as were taken', async () => {
    const house = await moneyHouse(id, {
      csv: 'prompt,seed\nThe very same words,7\nThe very same words,7\nThe very same words,7',
    })
    await house.server.fault({
      on: 'create',
      accept: true,
      how: { kind: 'destroy', when: 'afterBody' },
      times: 2,
    })
    await house.work({ admits: true })
    const { takes, accepted, needsYou, corrupt } = await house.audit()
    expect(corrupt).toEqual([])
    expect(takes.length + needsYou.length).toBe(3)
    expect(accepted.length).toBeLessThanOrEqual(3)
    expect(new Set(takes.map(({ sha256 }) => sha256)).size).toBe(takes.length)
  })

  it.each([
    ['a cut download', { how: { kind: 'truncate' } }],
    ['a cut download of unknown length', { how: { kind: 'truncate', chunked: true } }],
    ['a file that changed', { how: { kind: 'newEtag' } }],
    ['an empty file', { how: { kind: 'empty' } }],
    ['a wrong length', { how: { kind: 'wrongLength' } }],
    ['a web page', { how: { kind: 'html' } }],
    ['a dead link', status(403)],
    ['a busy file server', status(503)],
    ['a redirect into this machine', { how: { kind: 'redirect', to: 'http://127.0.0.1:9/' } }],
  ] as const satisfies readonly (readonly [string, How])[])(
    'is delivered whole after %s',
    async (_, how) => {
      const house = await moneyHouse(id, { rows: 2 })
      await house.server.fault({ on: 'file', ...how })
      const { takes, accepted } = await worked(house)
      expect([takes.length, accepted.length]).toEqual([2, 2])
    },
  )

  it('is delivered by links that are asked for anew', async () => {
    // Its clips lie behind the key, without links of their own.
    if (id === 'openai-videos') return
    const house = await moneyHouse(id, { rows: 2 })
    await house.server.set({ linkLifeMs: 0 })
    const seen = house.work({
      admits: true,
      meanwhile: async () => {
        await until(async () =>
          (await house.server.requests()).some(
            ({ kind, status: code }) => kind === 'file' && code === 403,
          ),
        )
        await house.server.set({ linkLifeMs: null })
      },
    })
    await seen
    const audit = await house.audit()
    expectSafe(audit)
    expect(audit.takes.length).toBe(2)
  })

  it('loses nothing to looks that fail in every way', async () => {
    const house = await moneyHouse(id)
    const bad = [
      { kind: 'half' },
      { kind: 'html' },
      { kind: 'cut' },
      { kind: 'destroy', when: 'afterBody' },
      ...[408, 429, 500, 502, 503, 504].map((code) => ({ kind: 'status', status: code }) as const),
    ] as const
    for (const how of bad) await house.server.fault({ on: 'look', how, skip: 1 })
    const { takes, accepted } = await worked(house)
    expect([takes.length, accepted.length]).toEqual([4, 4])
  })

  it('repeats nothing that the provider refuses as wrong', async () => {
    const house = await moneyHouse(id, { rows: 2 })
    await house.server.fault({ on: 'create', how: { kind: 'status', status: 422 }, times: 100 })
    const { jobs } = await worked(house)
    expect(jobs.map(({ status: end }) => end)).toEqual(['failed', 'failed'])
    expect((await house.server.bill()).length).toBe(2)
  })

  it('ends cancelled only on the provider’s word, and delivers what had finished', async () => {
    // OpenAI's own format has no cancel; `cancel.test.ts` has the servers that do.
    if (id === 'openai-videos') return
    const house = await moneyHouse(id, {
      rows: 2,
      settings: { renders: { mode: 'hand' }, ignoresCancel: true },
    })
    await house.work({
      admits: true,
      meanwhile: async (engine) => {
        await until(async () => (await house.server.renders()).length === 2)
        await engine.commands.cancel({ all: true })
        await until(async () =>
          (await house.server.requests()).some(({ kind }) => kind === 'cancel'),
        )
        await house.server.finish()
      },
    })
    const audit = await house.audit()
    expectSafe(audit)
    expect(audit.takes.length).toBe(2)
  })
})

describe('the ledger', () => {
  it('is fal’s own bill where its key may read that, failures too', async () => {
    const house = await moneyHouse('fal', {
      csv: 'prompt\nA pier\nA broken kite',
      settings: {
        showsBills: true,
        costMicros: 123_457,
        outcomes: [
          { includes: 'broken', outcome: { kind: 'fail', code: 'value_error', status: 422 } },
        ],
      },
    })
    await house.run()
    const { spentMicros, takes } = await house.audit()
    expect(takes.map(({ cost }) => cost)).toEqual([
      { micros: 123_457, currency: 'USD', estimated: false },
    ])
    expect(spentMicros).toBe(2 * 123_457)
  })

  it('is the bill, to the millionth, where the provider tells its figure', async () => {
    const house = await moneyHouse('lumenfall', { settings: { costMicros: 123_457 } })
    const { accepted, spentMicros } = await worked(house)
    expect(spentMicros).toBe(accepted.reduce((sum, { costMicros }) => sum + costMicros, 0))
  })
})
