import { describe, expect, it } from 'vitest'
import type { OpenedEngine } from '../../../src/main/compose.ts'
import { moneyLab } from '../../helpers/moneyLab.ts'
import { HOSTED } from '../../helpers/providerBench.ts'

const usd = (micros: number) => ({ micros, currency: 'USD' })

const heldIn = ({ storage }: OpenedEngine): number =>
  Number(
    storage.db.get(
      "SELECT max(reserved + confirmed + indeterminate) AS held FROM charge_totals WHERE scope = 'batch'",
    )?.['held'],
  )

describe.each(HOSTED)('a cap on %s', (id) => {
  it('is never passed by forty jobs that race for the last cent, nor after a restart', async () => {
    const lab = await moneyLab(id, { jobs: 40, cap: usd(750_000) })
    expect(await lab.work()).toMatchObject({ succeeded: 7, queued: 33 })
    expect(await lab.work()).toMatchObject({ succeeded: 7, queued: 33 })
    expect(await lab.server.bill()).toHaveLength(7)
    const raised = await lab.work({
      meanwhile: async (engine) => {
        const [batch] = engine.queries.batches({})
        if (batch !== undefined) await engine.commands.setBatchCap(batch.id, usd(1_000_000))
      },
    })
    expect(raised).toMatchObject({ succeeded: 10, queued: 30 })
    expect(await lab.audit()).toEqual([])
  })

  it('counts what may have been charged', async () => {
    const lab = await moneyLab(id, { jobs: 5, cap: usd(300_000), concurrency: 1 })
    await lab.server.set({ idempotency: 'refuse' })
    await lab.server.fault({
      on: 'create',
      how: { kind: 'destroy', when: 'afterBody' },
      accept: id === 'lumenfall',
    })
    expect(await lab.work()).toMatchObject({ needsYou: 1, succeeded: 2, queued: 2 })
    expect(await lab.audit()).toEqual([])
  })
})

describe('a bill of one and a half times the price', () => {
  it('stops every further order at once, and counts as it is when they go on', async () => {
    const lab = await moneyLab('lumenfall', {
      jobs: 10,
      cap: usd(1_000_000),
      concurrency: 1,
      settings: { costMicros: 150_000 },
    })
    expect(await lab.work()).toMatchObject({ succeeded: 1, queued: 9 })
    expect(await lab.server.bill()).toHaveLength(1)
    await lab.work({
      meanwhile: async (engine, opened) => {
        await engine.commands.resume({ lane: { provider: 'lumenfall' } })
        await engine.settled({})
        expect(heldIn(opened)).toBeLessThanOrEqual(1_000_000)
        expect(engine.queries.priceAccuracy()).toEqual([
          { provider: 'lumenfall', model: 'kling-v3', bills: 6, ratio: 1.5 },
        ])
      },
    })
    // 6 at 0.15 fit under 1.00; the reservation follows the worst bill seen.
    expect(await lab.server.bill()).toHaveLength(6)
    expect(await lab.audit()).toEqual([])
  })
})

describe('a render that fails', () => {
  it.each(HOSTED)(
    'and may be billed stays on the ledger, and is not made again (%s)',
    async (id) => {
      const lab = await moneyLab(id, {
        jobs: 3,
        settings: { outcomes: [{ includes: 'Row 2', outcome: { kind: 'fail' } }] },
      })
      expect(await lab.work()).toMatchObject({ succeeded: 2, failed: 1 })
      expect(await lab.server.bill()).toHaveLength(3)
      expect(await lab.audit()).toEqual([])
    },
  )

  it('and is surely not billed goes out again under a new key, not as a replay of the failure', async () => {
    const lab = await moneyLab('fal', {
      jobs: 1,
      settings: {
        outcomes: [
          {
            includes: 'Row 1',
            outcome: { kind: 'fail', status: 503, code: 'runner_disconnected' },
          },
        ],
      },
    })
    await lab.work({
      meanwhile: async (engine) => {
        while ((await lab.server.bill()).length < 2) await new Promise((done) => setImmediate(done))
        await lab.server.set({ outcomes: [] })
        await engine.settled({})
      },
    })
    expect(await lab.audit()).toEqual([])
  })
})

describe('what has no price', () => {
  it('is not ordered under a cap, unless that was allowed', async () => {
    const strict = await moneyLab('fal', { micros: null, cap: usd(1_000_000) })
    expect(await strict.work()).toMatchObject({ queued: 3 })
    expect(await strict.server.bill()).toEqual([])
    const lax = await moneyLab('lumenfall', {
      micros: null,
      cap: usd(1_000_000),
      allowUnpriced: true,
    })
    expect(await lax.work()).toMatchObject({ succeeded: 3 })
    expect(await lax.audit()).toEqual([])
  })

  it('counts against the cap once its bill is known', async () => {
    const lab = await moneyLab('lumenfall', {
      jobs: 6,
      micros: null,
      cap: usd(250_000),
      allowUnpriced: true,
      concurrency: 1,
    })
    await lab.work()
    expect(await lab.audit()).toEqual([])
    // The third one passes it, which nobody could foresee; then it holds.
    expect(await lab.server.bill()).toHaveLength(3)
  })

  it('is not ordered under a cap of another currency either', async () => {
    const lab = await moneyLab('fal', { cap: { micros: 900_000_000, currency: 'EUR' } })
    expect(await lab.work()).toMatchObject({ queued: 3 })
    expect(await lab.server.bill()).toEqual([])
  })
})
