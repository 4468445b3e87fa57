import fc from 'fast-check'
import { expect, it } from 'vitest'
import { ok } from '../../../../src/shared/domain/result.ts'
import { fakeClock } from '../../../helpers/fakeClock.ts'
import {
  memoryDatabase,
  planOf,
  startQueue,
  type QueueHarness,
} from '../../../helpers/queueHarness.ts'
import { startCase } from '../../../helpers/queueCase.ts'
import { scriptedProvider, type ScriptedProvider } from '../../../helpers/scriptedProvider.ts'

const COLUMNS = [
  'operation',
  'outputs',
  'providerState',
  'error',
  'moves',
  'request',
  'tags',
  'needsYou',
] as const
const JOBS = 4
const HOUR = 3_600_000
const spoilt = fc.record({
  killAt: fc.integer({ min: 1, max: 90 }),
  column: fc.constantFrom(...COLUMNS),
  value: fc.oneof(fc.constant('{'), fc.json()),
  row: fc.integer({ min: 1, max: JOBS }),
  twins: fc.boolean(),
  submits: fc.array(fc.constantFrom('accept', 'acceptAndLose'), { maxLength: JOBS }),
})

it('a job whose row cannot be read goes on or waits for a person; the others end, and no clip is lost', async () => {
  await fc.assert(
    fc.asyncProperty(spoilt, async ({ killAt, column, value, row, twins, submits }) => {
      const clock = fakeClock()
      const db = memoryDatabase()
      const script = [...submits]
      let lists = 0
      const plain = scriptedProvider({
        idempotency: 'none',
        list: true,
        now: clock.now,
        nextSubmit: () => script.shift() ?? 'accept',
        checks: () => ['running', 'succeed'],
      })
      const provider: ScriptedProvider = {
        ...plain,
        findSubmitted: async (query, call) => {
          lists += 1
          return (await plain.findSubmitted?.(query, call)) ?? ok([])
        },
      }
      const first = await startQueue({ clock, provider, db, killAt })
      void first.commands.admit(planOf({ jobs: JOBS, twins }), { again: false })
      await first.until(() => false, HOUR)
      first.kill()
      db.run(`UPDATE jobs SET ${column} = ? WHERE row = ?`, [value, row])

      const next = await startQueue({ clock, provider, db, run: 2, isQuiet: true })
      await next.until(() => false, 3 * HOUR)
      next.kill()

      // Of a create that the kill kept from arriving, and of no other, a person is asked.
      const unsent = db.all('SELECT id FROM intents').length - provider.bill.length
      const watched = db.all(
        "SELECT jobId FROM intents WHERE outcome IN ('open', 'unknown') AND nextLookAt IS NOT NULL",
      )
      const jobs = next.store.read((tx) => tx.jobsOf('all', {}))
      const asked = jobs.filter(({ status }) => status !== 'succeeded')
      expect(new Set(provider.creates).size).toBe(provider.creates.length)
      expect(watched).toHaveLength(unsent)
      expect(asked.every(({ status }) => status === 'needsYou')).toBe(true)
      expect(jobs).toHaveLength(db.all('SELECT id FROM jobs').length)
      const others = asked.filter((job) => job.row !== row)
      expect(watched.map(({ jobId }) => jobId)).toEqual(
        expect.arrayContaining(others.map(({ id }) => id)),
      )
      const named = asked.filter(({ operation }) => operation !== null).length
      expect(db.all('SELECT id FROM takes').length + named).toBe(provider.bill.length)
      expect(lists).toBeLessThan(100)
    }),
    { numRuns: 100 },
  )
})

it('an orphan whose operation cannot be read, nor found elsewhere, waits with its id to be named', async () => {
  const { h, job, provider } = await startCase({ isQuiet: true, checks: ['running'] })
  await h.until(() => job(0).step === 'poll')
  const before = job(0).revision
  h.db.run("UPDATE operations SET data = '{'")
  h.db.run("UPDATE jobs SET operation = '{', lease = NULL")
  await h.until(() => h.store.read((tx) => tx.counts(null)).needsYou === 1, HOUR)
  expect(job(0).needsYou).toMatchObject({ code: 'unreadable', actions: ['adopt', 'giveUp'] })
  // And screens are told.
  expect(job(0).revision).toBeGreaterThan(before)
  const { id, revision } = job(0)
  expect(h.events.findLast(({ type }) => type === 'job')).toMatchObject({
    job: { id, revision, status: 'needsYou' },
  })
  expect(h.events.find(({ type }) => type === 'needsYou')).toMatchObject({ needs: { jobId: id } })
  await h.commands.resolve(job(0).id, { kind: 'adopt', operationId: 'op-1' })
  expect(job(0)).toMatchObject({ status: 'running', step: 'poll', operation: { id: 'op-1' } })
  expect(provider.bill).toHaveLength(1)
})

it('a lost answer that nothing settles is put before the person, though its row cannot be read', async () => {
  const { h, job } = await startCase({
    isQuiet: true,
    submits: ['acceptAndLose'],
    listLag: 1_000,
  })
  await h.until(() => job(0).error !== null)
  h.db.run("UPDATE jobs SET step = 'no step of ours'")
  await h.until(() => h.store.read((tx) => tx.counts(null)).needsYou === 1, HOUR)
  await h.settle()
  expect(h.runner.rest()).toBe('nothing')
  expect(job(0).needsYou).toMatchObject({ code: 'unreadable', actions: ['adopt', 'giveUp'] })
  expect((await h.commands.resolve(job(0).id, { kind: 'adopt', operationId: 'op-1' })).ok).toBe(
    true,
  )
  await h.settle()
  expect(job(0).status).toBe('succeeded')
})

it('a create that an engine died over is looked for, though its row cannot be read', async () => {
  const clock = fakeClock()
  const db = memoryDatabase()
  const plain = scriptedProvider({
    idempotency: 'none',
    list: true,
    now: clock.now,
    nextSubmit: () => (plain.creates.length === 1 ? 'acceptAndLose' : 'accept'),
    checks: () => ['succeed'],
  })
  const dying: ScriptedProvider = {
    ...plain,
    submit: async (wire, call) => {
      const answer = await plain.submit(wire, call)
      if (plain.creates.length === 2) first.kill()
      return answer
    },
  }
  const first: QueueHarness = await startQueue({ clock, provider: dying, db })
  void first.commands.admit(planOf({ jobs: 2, twins: true }), { again: false })
  await first.until(() => false, 10_000)
  expect(db.all("SELECT id FROM intents WHERE outcome = 'open'")).toHaveLength(2)
  db.run("UPDATE jobs SET status = 'no status of ours' WHERE row = 2")

  const next = await startQueue({ clock, provider: plain, db, run: 2 })
  await next.until(() => false, HOUR)
  // Nor does its twin wait for it for ever.
  expect(next.store.read((tx) => tx.counts(null))).toMatchObject({ succeeded: 2 })
  expect(plain.bill).toHaveLength(2)
})

it('where a clip lies is asked for once more when it cannot be read', async () => {
  let held = true
  const { h, job } = await startCase({
    deliver: () =>
      held
        ? { kind: 'retry', error: { kind: 'unavailable', code: 'HTTP_503', message: '' } }
        : null,
  })
  await h.until(() => job(0).step === 'download')
  held = false
  h.db.run("UPDATE jobs SET outputs = '{', error = '{', moves = '{'")
  await h.settle()
  expect(job(0).status).toBe('succeeded')
  expect(h.db.all('SELECT state FROM charges')).toEqual([{ state: 'confirmed' }])
})

it('what a person tells all jobs reaches those that can be read', async () => {
  const { h, job } = await startCase({ jobs: 4, concurrency: 1, checks: ['running', 'succeed'] })
  await h.until(() => h.store.read((tx) => tx.counts(null)).running === 1)
  h.db.run("UPDATE jobs SET step = 'no step of ours' WHERE id = ?", [job(3).id])
  const told = await h.commands.cancel({ all: true })
  expect(told).toMatchObject({ cancelled: 2, requested: 1 })
  expect(told.notes.at(-1)).toBe('1 job is left as it is: what is stored about it cannot be read.')
  await h.until(() => false, HOUR)
  expect(h.store.read((tx) => tx.counts(null))).toMatchObject({ cancelled: 2, needsYou: 1 })
  const left = h.store.read((tx) => tx.jobsOf('all', {})).find(({ row }) => row === 4)
  expect(left?.needsYou).toMatchObject({ code: 'unreadable', actions: ['adopt', 'giveUp'] })
  if (left !== undefined) await h.commands.resolve(left.id, { kind: 'giveUp' })
  expect(h.store.read((tx) => tx.counts(null))).toMatchObject({ cancelled: 2, failed: 1 })
})

it('what cannot be read is retried by no command, and keeps no other from it', async () => {
  const { h, job } = await startCase({ jobs: 3, submits: ['refuse400', 'refuse400', 'refuse400'] })
  await h.settle()
  const jobId = job(0).id
  const failure = { kind: job(0).error?.kind ?? 'unknown', code: job(0).error?.code ?? '' }
  h.db.run("UPDATE jobs SET step = 'no step of ours' WHERE id = ?", [jobId])
  const skipped = [{ jobId, why: 'What is stored about it cannot be read.', inDoubt: false }]
  const one = await h.commands.retry({ jobs: [jobId] })
  expect(one).toMatchObject({ jobIds: [], skipped })
  const group = await h.commands.retry({ filter: {}, failure })
  expect(group).toMatchObject({ jobIds: [expect.any(String), expect.any(String)], skipped })
  expect(await h.commands.retry({ all: true })).toMatchObject({ jobIds: [], skipped })
})

it('a break point is not passed, though its row cannot be read', async () => {
  const { h, job, provider } = await startCase({ jobs: 6, concurrency: 1, isQuiet: true })
  await h.until(() => provider.creates.length === 1)
  const spoil = (index: number) =>
    h.db.run("UPDATE jobs SET step = 'no step of ours' WHERE id = ?", [job(index).id])
  const counts = () => h.store.read((tx) => tx.counts(null))
  const stopsBefore = (row: number) =>
    expect(h.runner.blocked()).toMatchObject([
      { why: 'breakPoint', detail: `stops before row ${row} and asks you` },
    ])
  // The row is read and put aside: its batch stops before the next one.
  const ids = [job(2).id, job(3).id, job(4).id]
  await h.commands.setBreakPoint(ids.slice(0, 1), true)
  spoil(2)
  await h.settle()
  expect(counts()).toMatchObject({ succeeded: 2, needsYou: 1, queued: 3 })
  stopsBefore(4)
  // A row that is paused is not read, and its batch stops before it all the same.
  await h.commands.setBreakPoint(ids.slice(1, 2), false)
  h.db.run("UPDATE jobs SET breakPoint = 1, paused = 1, step = 'no step of ours' WHERE id = ?", [
    ids[2] ?? '',
  ])
  await h.settle()
  expect(counts()).toMatchObject({ succeeded: 3, needsYou: 1, queued: 2 })
  stopsBefore(5)
  expect(provider.bill).toHaveLength(3)
})

it('what holds a lane, a model and a batch stops nothing else when it cannot be read', async () => {
  const { h, jobs } = await startCase({ jobs: 3, concurrency: 1, submits: ['refuse429'] })
  await h.until(() => h.store.read((tx) => tx.lane('scripted', 'env')).heldUntil !== null)
  h.db.run("UPDATE lanes SET heldReason = '{'")
  h.db.run(
    "INSERT INTO route_failures (route, provider, modelName, failures, reason, heldAt) VALUES ('scripted/model', 'scripted', 'Model', 1, '{', NULL)",
  )
  h.db.run("UPDATE jobs SET breakPoint = 1, providerState = '{' WHERE row = 3")
  await h.settle()
  expect(jobs().filter(({ status }) => status === 'succeeded')).toHaveLength(2)
})
