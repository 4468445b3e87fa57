import { describe, expect, it } from 'vitest'
import type { Engine } from '../../../src/main/engine.ts'
import { moneyLab, until, type MoneyLab } from '../../helpers/moneyLab.ts'
import { HOSTED, type HostedId } from '../../helpers/providerBench.ts'
import type { RequestKind } from '../../servers/types.ts'

/** Cancels everything at the first request of a kind, while the provider ignores it. */
async function cancelledAt(id: HostedId, kind: RequestKind): Promise<MoneyLab> {
  let engine: Engine | undefined
  let isAsked = false
  const lab = await moneyLab(id, {
    jobs: 3,
    concurrency: 1,
    settings: { ignoresCancel: true, renders: { mode: 'clock', minMs: 60, maxMs: 120 } },
    onRequest: (seen) => {
      if (seen !== kind || isAsked) return
      isAsked = true
      void engine?.commands.cancel({ all: true })
    },
  })
  const counts = await lab.work({
    meanwhile: async (started) => {
      engine = started
      await until(() => isAsked)
    },
  })
  expect(counts.running + counts.queued + counts.waiting).toBe(0)
  return lab
}

describe.each(HOSTED)('a cancel that %s ignores', (id) => {
  it.each(['create', 'look', 'file'] as const)(
    'at the first %s loses nothing that was paid for',
    async (kind) => {
      const lab = await cancelledAt(id, kind)
      expect(await lab.audit()).toEqual([])
      expect(await lab.server.bill()).toHaveLength(1)
    },
  )

  it('before anything was sent orders nothing', async () => {
    const lab = await moneyLab(id)
    const { engine } = await lab.open()
    await engine.commands.admit(lab.plan, { again: false })
    const report = await engine.commands.cancel({ all: true })
    engine.start({ obeyWindows: false })
    await engine.settled({})
    await engine.stop()
    expect(report).toMatchObject({ cancelled: 3, requested: 0 })
    expect(await lab.server.bill()).toEqual([])
  })

  it('while its answer is lost ends only when that is settled', async () => {
    const lab = await moneyLab(id, { jobs: 1 })
    await lab.server.fault({
      on: 'create',
      how: { kind: 'destroy', when: 'afterBody' },
      accept: true,
    })
    await lab.work({
      meanwhile: async (engine) => {
        await until(async () => (await lab.server.bill()).length === 1)
        await engine.commands.cancel({ all: true })
      },
    })
    expect(await lab.audit()).toEqual([])
  })

  it('and a kill right after it are both survived', async () => {
    const lab = await moneyLab(id, {
      jobs: 1,
      settings: { ignoresCancel: true, renders: { mode: 'hand' } },
    })
    const { engine } = await lab.open()
    await engine.commands.admit(lab.plan, { again: false })
    engine.start({ obeyWindows: false })
    await until(async () => (await lab.server.requests()).some(({ kind }) => kind === 'look'))
    await engine.commands.cancel({ all: true })
    await engine.stop()
    await lab.server.finish()
    expect(await lab.work()).toMatchObject({ succeeded: 1 })
    expect(await lab.audit()).toEqual([])
  })
})

describe.each(['lumenfall', 'fal', 'replicate'] as const)('a cancel that %s obeys', (id) => {
  it('ends the job on the provider’s word', async () => {
    const lab = await moneyLab(id, { jobs: 2, settings: { renders: { mode: 'hand' } } })
    const counts = await lab.work({
      meanwhile: async (engine) => {
        await until(async () => (await lab.server.bill()).length === 2)
        await engine.commands.cancel({ all: true })
      },
    })
    expect(counts).toMatchObject({ cancelled: 2 })
    expect(await lab.audit()).toEqual([])
  })
})
