import { describe, expect, it } from 'vitest'
import { startCase } from '../../../helpers/queueCase.ts'

describe('a take made again', () => {
  it('is one further create in the same batch, as the next take of its prompt', async () => {
    const { h, provider, job, jobs } = await startCase({ jobs: 2 })
    await h.settle()
    const first = job(0)
    const again = await h.commands.runAgain([
      { jobId: first.id, newSeed: { field: 'seed' } },
      { jobId: first.id, newSeed: null },
    ])
    expect(again).toMatchObject({ skipped: [] })
    await h.settle()
    expect(provider.bill).toHaveLength(4)
    const made = jobs().filter(({ id }) => again.jobIds.includes(id))
    expect(made.map(({ batchId, row, take, status }) => [batchId, row, take, status])).toEqual([
      [first.batchId, first.row, 2, 'succeeded'],
      [first.batchId, first.row, 3, 'succeeded'],
    ])
    const requestOf = (id: (typeof made)[number]['id']) => h.store.read((tx) => tx.request(id))
    const [fresh, same] = made.map(({ id }) => requestOf(id))
    expect(same).toEqual(requestOf(first.id))
    expect(fresh?.fields).toMatchObject({ seed: fresh?.expect.seed })
    expect(fresh?.fields['seed']).not.toBe(requestOf(first.id).fields['seed'])
  })

  it("waits under the batch's cap like any other job", async () => {
    const cap = { micros: 200_000, currency: 'USD' }
    const { h, provider, job, jobs } = await startCase({ jobs: 2, cap })
    await h.settle()
    const { jobIds } = await h.commands.runAgain([{ jobId: job(0).id, newSeed: null }])
    await h.settle()
    expect(provider.bill).toHaveLength(2)
    expect(jobs().find(({ id }) => id === jobIds[0])?.status).toBe('queued')
  })

  it('is refused for a job whose request is not known in full', async () => {
    const { h, provider, job } = await startCase({ jobs: 1 })
    await h.settle()
    h.db.run("UPDATE jobs SET request = json_set(request, '$.fields', json('{}'))")
    const report = await h.commands.runAgain([{ jobId: job(0).id, newSeed: null }])
    expect(report.jobIds).toEqual([])
    expect(report.skipped[0]?.why).toContain('not known in full')
    await h.settle()
    expect(provider.bill).toHaveLength(1)
  })
})
