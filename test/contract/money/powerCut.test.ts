import { describe, expect, it } from 'vitest'
import { moneyLab, resumed, type MoneyLab } from '../../helpers/moneyLab.ts'
import { HOSTED, type HostedId } from '../../helpers/providerBench.ts'

const JOBS = 2

const SAFE = { problems: [], ended: JOBS, ordersMore: false }

async function killedAtRequest(id: HostedId, nth: number): Promise<MoneyLab | null> {
  let seen = 0
  let kill = (): void => undefined
  const lab = await moneyLab(id, {
    jobs: JOBS,
    onRequest: () => {
      seen += 1
      if (seen === nth) kill()
    },
  })
  const run = lab.spawn()
  kill = () => void run.child.kill('SIGKILL')
  const { signal } = await run.ended
  return signal === null ? null : lab
}

describe.each(HOSTED)('the power goes on %s', (id) => {
  it('while any request arrives, one after the other', async () => {
    let kills = 0
    for (let nth = 1; nth <= 30; nth += 1) {
      const lab = await killedAtRequest(id, nth)
      // The whole run has fewer requests: every one of them was tried.
      if (lab === null) break
      kills += 1
      expect(await resumed(lab)).toEqual(SAFE)
    }
    expect(kills).toBeGreaterThan(3 * JOBS - 1)
  })

  it('after the create was taken and before its answer', async () => {
    const lab = await moneyLab(id, { jobs: JOBS })
    await lab.server.fault({ on: 'create', how: { kind: 'hang' }, accept: true, times: JOBS })
    const run = lab.spawn()
    await run.until(async () => (await lab.server.bill()).length === JOBS)
    run.child.kill('SIGKILL')
    await run.ended
    await lab.server.clearFaults()
    expect(await resumed(lab)).toEqual(SAFE)
    expect((await lab.server.bill()).filter(({ accepted }) => accepted)).toHaveLength(JOBS)
  })

  it('in the middle of a download', async () => {
    const lab = await moneyLab(id, { jobs: JOBS, settings: { fileBytes: 2_000_000 } })
    await lab.server.fault({ on: 'file', how: { kind: 'stall' }, times: JOBS })
    const run = lab.spawn()
    await run.until(async () => (await lab.server.requests()).some(({ kind }) => kind === 'file'))
    run.child.kill('SIGKILL')
    await run.ended
    await lab.server.clearFaults()
    expect(await resumed(lab)).toEqual(SAFE)
  })
})
