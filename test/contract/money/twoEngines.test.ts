import { describe, expect, it } from 'vitest'
import { moneyLab } from '../../helpers/moneyLab.ts'

describe('two engines on one data folder', () => {
  it('are never at work at once, also while the first is stopped in its tracks', async () => {
    const lab = await moneyLab('fal', { jobs: 4, concurrency: 1 })
    await lab.server.fault({ on: 'create', how: { kind: 'slow', ms: 300 }, times: 4 })
    const first = lab.spawn()
    await first.until(async () => (await lab.server.bill()).length === 1)
    first.child.kill('SIGSTOP')
    const second = lab.spawn()
    const refused = await second.seen('refused')
    await second.ended
    expect(refused).toMatchObject({ code: 'heldByOther' })
    expect(await lab.server.bill()).toHaveLength(1)
    first.child.kill('SIGCONT')
    await first.seen('settled')
    await first.ended
    expect(await lab.audit()).toEqual([])
    expect(await lab.server.bill()).toHaveLength(4)
  })

  it('take over from one another when the first is killed while it is stopped', async () => {
    const lab = await moneyLab('replicate', { jobs: 3, concurrency: 1 })
    await lab.server.fault({ on: 'create', how: { kind: 'hang' }, accept: true })
    const first = lab.spawn()
    await first.until(async () => (await lab.server.bill()).length === 1)
    first.child.kill('SIGSTOP')
    first.child.kill('SIGKILL')
    await first.ended
    const second = lab.spawn()
    await second.seen('settled')
    await second.ended
    expect(await lab.audit()).toEqual([])
    expect(await lab.server.bill()).toHaveLength(3)
  })

  it('share the folder with any number that only look', async () => {
    const lab = await moneyLab('lumenfall', { jobs: 2, settings: { renders: { mode: 'hand' } } })
    const run = lab.spawn()
    await run.until(async () => (await lab.server.requests()).some(({ kind }) => kind === 'look'))
    // The audit reads the same database beside the engine: nothing is delivered, nothing is lost.
    const before = await lab.audit()
    expect(before.filter((problem) => problem.startsWith('twice'))).toEqual([])
    await lab.server.finish()
    await run.seen('settled')
    await run.ended
    expect(await lab.audit()).toEqual([])
  })
})
