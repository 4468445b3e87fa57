import { describe, expect, it } from 'vitest'
import { moneyHouse, until, type Audit } from '../../helpers/moneyHouse.ts'
import { keyIn } from '../../helpers/moneyPlan.ts'
import { HOSTED } from '../../helpers/providerBench.ts'

function expectSafe({ paidTwice, lost, corrupt }: Audit): void {
  expect({ paidTwice, lost, corrupt }).toEqual({ paidTwice: [], lost: [], corrupt: [] })
}

describe.each(HOSTED)('work that was sent to %s', (id) => {
  it('is not lost to a key that was changed for a wrong one', async () => {
    const house = await moneyHouse(id, {
      rows: 2,
      settings: { renders: { mode: 'hand' }, badKeys: ['wrong-key-entirely'] },
    })
    await house.work({
      admits: true,
      stopsThen: true,
      meanwhile: () => until(async () => (await house.server.renders()).length === 2),
    })
    await house.server.finish()
    const looksRefused = async (): Promise<boolean> =>
      (await house.server.requests()).some(({ kind, status }) => kind === 'look' && status === 401)
    await house.work({
      admits: false,
      env: Object.fromEntries(Object.keys(keyIn(id)).map((name) => [name, 'wrong-key-entirely'])),
      stopsThen: true,
      meanwhile: () => until(looksRefused),
    })
    expect((await house.audit()).jobs.map(({ status }) => status)).not.toContain('failed')
    await house.work({ admits: false })
    const audit = await house.audit()
    expectSafe(audit)
    expect(audit.takes).toHaveLength(2)
  })

  it('is not lost to a base URL that was changed for another server', async () => {
    const house = await moneyHouse(id, { rows: 2, settings: { renders: { mode: 'hand' } } })
    const other = await moneyHouse(id)
    await house.work({
      admits: true,
      stopsThen: true,
      meanwhile: () => until(async () => (await house.server.renders()).length === 2),
    })
    await house.server.finish()
    const asked = async (): Promise<boolean> =>
      (await other.server.requests()).filter(
        ({ kind, status }) => kind === 'look' && status === 404,
      ).length >= 4
    await house.work({
      admits: false,
      env: other.server.env,
      stopsThen: true,
      meanwhile: () => until(asked),
    })
    expect((await house.audit()).jobs.map(({ status }) => status)).toEqual(['running', 'running'])
    await house.work({ admits: false })
    const audit = await house.audit()
    expectSafe(audit)
    expect(audit.takes).toHaveLength(2)
    expect(await other.server.bill()).toEqual([])
  })

  it('never passes the cap of its batch', async () => {
    const house = await moneyHouse(id, { rows: 5 })
    // Below one clip: nothing may leave.
    await house.work({ admits: true, budget: 10_000 })
    expect(await house.server.bill()).toEqual([])
    const [job] = (await house.audit()).jobs
    const clip = job?.estimate?.micros ?? 0
    expect(clip).toBeGreaterThan(0)
    const half = await moneyHouse(id, { rows: 5, settings: { costMicros: clip } })
    await half.work({ admits: true, budget: Math.round(clip * 2.5) })
    const audit = await half.audit()
    expect(audit.accepted).toHaveLength(2)
    expect(audit.takes).toHaveLength(2)
  })
})
