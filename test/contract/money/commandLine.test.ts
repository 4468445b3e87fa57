import { readdirSync, rmSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { moneyHouse, until, type MoneyHouse } from '../../helpers/moneyHouse.ts'
import type { HostedId } from '../../helpers/providerBench.ts'
import type { RequestKind } from '../../servers/types.ts'

/** Runs the batch as a process and kills it at the moment its n-th request of a kind arrives. */
async function killedAt(
  id: HostedId,
  { kind, nth }: { kind: RequestKind; nth: number },
): Promise<MoneyHouse> {
  let seen = 0
  let kill = (): void => undefined
  const house = await moneyHouse(id, {
    onRequest: (arrived) => {
      seen += arrived === kind ? 1 : 0
      if (arrived === kind && seen === nth) kill()
    },
  })
  const engine = house.start()
  kill = () => void engine.child.kill('SIGKILL')
  expect((await engine.ended).code).toBeNull()
  return house
}

describe('what is left of a killed engine', () => {
  it('is not ordered again by running the same file', async () => {
    const house = await killedAt('fal', { kind: 'look', nth: 1 })
    const before = (await house.server.bill()).length
    expect((await house.run()).code).toBe(2)
    expect((await house.server.bill()).length).toBe(before)
  })

  it('is not ordered again when the database is lost: the journal remembers', async () => {
    const house = await killedAt('fal', { kind: 'look', nth: 1 })
    const before = (await house.server.bill()).length
    for (const name of readdirSync(house.dataDir))
      if (/\.(db|sqlite)(-\w+)?$/.test(name)) rmSync(`${house.dataDir}/${name}`)
    // Every order comes back as a job that the person looks at; nothing leaves before that.
    expect((await house.run('resume')).code).toBe(3)
    expect((await house.audit()).needsYou.length).toBe(before)
    // Nothing is left to do but to look: that is a person's, too, and no success.
    await house.work({
      admits: false,
      stopsThen: true,
      meanwhile: async ({ queries, commands }) => {
        for (const { jobId } of queries.needsYou())
          await commands.resolve(jobId, { kind: 'giveUp' })
      },
    })
    expect((await house.run('resume')).code).toBe(3)
    expect((await house.server.bill()).length).toBe(before)
  })
})

describe('a second engine on the same folder', () => {
  it('is refused while the first one sleeps, and the first one goes on', async () => {
    const house = await moneyHouse('fal', { settings: { renders: { mode: 'hand' } } })
    const first = house.start()
    await until(async () => (await house.server.renders()).length === 4)
    first.child.kill('SIGSTOP')
    expect((await house.run('resume')).code).toBe(4)
    await house.server.finish()
    first.child.kill('SIGCONT')
    expect((await first.ended).code).toBe(0)
    const { paidTwice, lost, corrupt } = await house.audit()
    expect({ paidTwice, lost, corrupt }).toEqual({ paidTwice: [], lost: [], corrupt: [] })
  })
})
