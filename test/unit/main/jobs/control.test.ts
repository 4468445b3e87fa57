import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { JobId } from '../../../../src/shared/domain/ids.ts'
import { createQueries } from '../../../../src/main/storage/queries/queries.ts'
import { fakeClock } from '../../../helpers/fakeClock.ts'
import { planOf, startQueue } from '../../../helpers/queueHarness.ts'
import { scriptedProvider, type SubmitScript } from '../../../helpers/scriptedProvider.ts'
import { startCase, type StartedCase } from '../../../helpers/queueCase.ts'

/** Rows in the order in which they would be claimed. */
const order = ({ h }: StartedCase): readonly number[] =>
  h.store
    .read((tx) => tx.jobsOf('all', { open: true }))
    .toSorted((a, b) => b.priority - a.priority || a.position - b.position || a.seq - b.seq)
    .map(({ row }) => row)

const idOf = (started: StartedCase, row: number): JobId => started.job(row - 1).id

/** Everything is paused before the first look, so that all jobs wait. */
async function pausedCase(jobs = 6): Promise<StartedCase> {
  const started = await startCase({ jobs: 1, concurrency: 1 })
  await started.h.settle()
  await started.h.commands.pause({ all: true })
  await started.h.commands.admit(planOf({ jobs }), { again: true })
  const rows = started.h.store.read((tx) => tx.jobsOf('all', { open: true }))
  return { ...started, job: (index) => rows[index] ?? fail(), jobs: () => rows }
}

const fail = (): never => {
  throw new Error('there is no such job')
}

describe('the order of jobs that wait', () => {
  it('follows top, bottom, position, before and after, and goes back exactly', async () => {
    const started = await pausedCase()
    const { commands } = started.h
    const id = (row: number): JobId => idOf(started, row)
    const undos: number[] = []
    const moved = async (rows: number[], to: Parameters<typeof commands.move>[1]) => {
      const report = await commands.move(rows.map(id), to)
      if (report.undo !== null) undos.push(report.undo)
      return order(started)
    }
    expect(order(started)).toEqual([1, 2, 3, 4, 5, 6])
    expect(await moved([5, 3], { place: 'top' })).toEqual([3, 5, 1, 2, 4, 6])
    expect(await moved([5], { place: 'bottom' })).toEqual([3, 1, 2, 4, 6, 5])
    expect(await moved([6], { place: 2 })).toEqual([3, 6, 1, 2, 4, 5])
    expect(await moved([3], { after: id(2) })).toEqual([6, 1, 2, 3, 4, 5])
    expect(await moved([5], { before: id(6) })).toEqual([5, 6, 1, 2, 3, 4])
    expect(await moved([1], { place: 99 })).toEqual([5, 6, 2, 3, 4, 1])
    for (const undo of undos.toReversed()) await commands.undo(undo)
    expect(order(started)).toEqual([1, 2, 3, 4, 5, 6])
    expect(
      started.h.store.read((tx) => tx.jobsOf('all', { open: true })).map((job) => job.position),
    ).toEqual([0, 1, 2, 3, 4, 5])
  })

  it('holds through a thousand moves to one place', async () => {
    const started = await pausedCase()
    for (let turn = 0; turn < 1_000; turn += 1)
      await started.h.commands.move([idOf(started, turn % 2 === 0 ? 5 : 6)], {
        after: idOf(started, 1),
      })
    expect(order(started)).toEqual([1, 6, 5, 2, 3, 4])
  })

  it('is the order in which they are sent, over batches and priorities', async () => {
    const clock = fakeClock()
    const provider = scriptedProvider({
      idempotency: 'none',
      list: true,
      concurrency: 1,
      now: clock.now,
      nextSubmit: () => 'accept',
      checks: () => ['succeed'],
    })
    const h = await startQueue({ clock, provider })
    await h.commands.pause({ all: true })
    for (let batch = 0; batch < 2; batch += 1)
      await h.commands.admit(planOf({ jobs: 3 }), { again: true })
    const rows = h.store.read((tx) => tx.jobsOf('all', {}))
    const [a1, a2, a3, b1, b2, b3] = rows.map(({ id }) => id)
    if (a3 === undefined || b2 === undefined || b3 === undefined || a1 === undefined) return fail()
    await h.commands.setPriority({ jobs: [b3] }, 1)
    await h.commands.setPriority({ jobs: [a1] }, -1)
    await h.commands.move([a3], { place: 'top' })
    await h.commands.resume({ all: true })
    await h.settle()
    const sent = provider.creates.map((key) => key.split(':')[0])
    // The urgent one of the second batch, then in turns, each batch in its own order; the unhurried last.
    expect(sent).toEqual([b3, a3, b1, a2, b2, a1])
  })

  it('skips what is under way or done, and says so', async () => {
    const started = await startCase({ jobs: 3, concurrency: 1 })
    await started.h.settle()
    const report = await started.h.commands.move([started.job(0).id], { place: 'top' })
    expect(report).toMatchObject({
      changed: 0,
      undo: null,
      skipped: [{ jobId: started.job(0).id }],
    })
  })
})

describe('pausing', () => {
  it('lets what runs finish and starts nothing new, until it goes on', async () => {
    const started = await startCase({ jobs: 4, concurrency: 1, checks: ['running', 'succeed'] })
    const { h, provider } = started
    await h.until(() => provider.creates.length === 1)
    const { undo } = await h.commands.pause({ all: true })
    await h.settle()
    expect(h.store.read((tx) => tx.counts(null))).toMatchObject({ succeeded: 1, queued: 3 })
    await h.commands.undo(undo ?? -1)
    await h.settle()
    expect(h.store.read((tx) => tx.counts(null))).toMatchObject({ succeeded: 4 })
  })

  it('rests looks and downloads too when all is held', async () => {
    const started = await startCase({ jobs: 2, concurrency: 2, checks: ['running', 'succeed'] })
    const { h, provider } = started
    await h.until(() => provider.creates.length === 2)
    await h.commands.pause({ all: true }, { hold: true })
    await h.settle()
    expect(h.store.read((tx) => tx.counts(null))).toMatchObject({ running: 2 })
    expect(h.delivered).toHaveLength(0)
    await h.commands.resume({ all: true })
    await h.settle()
    expect(h.delivered).toHaveLength(2)
  })

  it('sends no lost create again when all is held, until it goes on', async () => {
    const lost = await startCase({ submits: ['loseBefore'], idempotency: 'key', list: false })
    await lost.h.until(() => lost.provider.creates.length === 1)
    await lost.h.commands.pause({ all: true }, { hold: true })
    lost.clock.setWall(lost.clock.now() + 10 * 60_000)
    lost.h.runner.wake()
    await lost.h.until(() => false, 1_000)
    expect(lost.provider.bill).toHaveLength(0)
    await lost.h.commands.resume({ all: true })
    await lost.h.settle()
    expect(lost.h.delivered).toHaveLength(1)
  })

  it.each(['batch', 'job', 'lane'] as const)('of a %s survives the engine', async (what) => {
    const started = await pausedCase(2)
    const { h, clock, provider } = started
    const [first] = started.jobs()
    if (first === undefined) return fail()
    if (what === 'batch') await h.commands.pause({ batches: [first.batchId] })
    else if (what === 'lane') await h.commands.pause({ lane: { provider: provider.id } })
    else await h.commands.pause({ jobs: started.jobs().map(({ id }) => id) })
    await h.commands.resume({ all: true })
    h.kill()
    const again = await startQueue({ clock, provider, db: h.db, run: 2 })
    await again.settle()
    expect(again.store.read((tx) => tx.counts(first.batchId))).toMatchObject({ queued: 2 })
  })
})

describe('a break point', () => {
  it('stops its batch before it, and lets it go on when it is taken off', async () => {
    const started = await pausedCase(5)
    const { h } = started
    const batchId = started.job(0).batchId
    await h.commands.setBreakPoint([idOf(started, 3)], true)
    await h.commands.resume({ all: true })
    await h.settle()
    expect(h.store.read((tx) => tx.counts(batchId))).toMatchObject({ succeeded: 2, queued: 3 })
    expect(h.runner.blocked()).toMatchObject([
      { batchId, why: 'breakPoint', detail: 'stops before row 3 and asks you' },
    ])
    // It is a question like any other, and has no end that is known.
    const queries = createQueries({
      db: h.db,
      now: started.clock.now,
      providers: new Map([[started.provider.id, started.provider]]),
      blocked: (id) => h.runner.blocked().find((part) => part.batchId === id) ?? null,
    })
    const question = { why: 'breakPoint', scope: 'batch', batches: [{ id: batchId, jobs: 3 }] }
    expect(queries.asks().stops).toMatchObject([question])
    await h.commands.setBreakPoint([idOf(started, 3)], false)
    await h.settle()
    expect(h.store.read((tx) => tx.counts(batchId))).toMatchObject({ succeeded: 5 })
    expect(queries.asks().stops).toEqual([])
  })
})

describe('cancelling', () => {
  it('leaves what runs alone when only the unsent shall go, and is taken back exactly', async () => {
    const started = await startCase({ jobs: 4, concurrency: 1, checks: ['running', 'succeed'] })
    const { h, provider } = started
    await h.until(() => provider.creates.length === 1)
    await h.commands.setPriority({ jobs: [idOf(started, 4)] }, 1)
    const before = order(started)
    const report = await h.commands.cancel({ all: true }, { unsentOnly: true })
    expect(report).toMatchObject({ cancelled: 3, requested: 0 })
    expect(h.store.read((tx) => tx.counts(null))).toMatchObject({ running: 1, cancelled: 3 })
    await h.commands.undo(report.undo ?? -1)
    expect(order(started)).toEqual(before)
    expect(h.store.read((tx) => tx.counts(null))).toMatchObject({ cancelled: 0 })
    await h.settle()
    expect(h.store.read((tx) => tx.counts(null))).toMatchObject({ succeeded: 4, cancelled: 0 })
    expect(provider.bill).toHaveLength(4)
  })
})

describe('another request for a job', () => {
  const other = { micros: 300_000, currency: 'USD', estimated: true }

  it('is sent in its place, priced anew, and can be taken back', async () => {
    const started = await pausedCase(2)
    const { h } = started
    const id = idOf(started, 1)
    const request = h.commands.requestOf(id)
    if (!request.ok) return fail()
    const changed = { ...request.value, prompt: 'another', estimate: other }
    const report = await h.commands.edit(id, changed)
    expect(report).toMatchObject({ ok: true, value: { changed: 1 } })
    const estimate = (): unknown =>
      h.db.get('SELECT micros FROM batch_estimates WHERE batchId = ?', [started.job(0).batchId])?.[
        'micros'
      ]
    expect(estimate()).toBe(400_000)
    await h.commands.undo(report.ok ? (report.value.undo ?? -1) : -1)
    expect(h.commands.requestOf(id)).toEqual(request)
    expect(estimate()).toBe(200_000)
  })

  it('is refused once a create may have left', async () => {
    const started = await startCase({ jobs: 1, submits: ['loseBefore'], list: false })
    const { h } = started
    await h.settle()
    await h.commands.resolve(started.job(0).id, { kind: 'sendAgain' })
    expect(h.commands.requestOf(started.job(0).id)).toMatchObject({
      ok: false,
      error: { code: 'notEditable' },
    })
  })
})

describe('more of the same and less', () => {
  it('duplicates right after, as the next take', async () => {
    const started = await pausedCase(3)
    const { h } = started
    const report = await h.commands.duplicate([idOf(started, 2)])
    expect(report.changed).toBe(1)
    expect(order(started)).toEqual([1, 2, 2, 3])
    await h.commands.undo(report.undo ?? -1)
    expect(order(started)).toEqual([1, 2, 3])
  })

  it('retries those that failed for one reason', async () => {
    const started = await startCase({ jobs: 2, checks: ['policy'] })
    const { h } = started
    await h.settle()
    const error = started.job(0).error
    if (error === null) return fail()
    const failure = { kind: error.kind, code: error.code }
    const none = await h.commands.retry({ failure: { ...failure, code: 'OTHER' }, filter: {} })
    expect(none.jobIds).toEqual([])
    await h.commands.pause({ all: true })
    const report = await h.commands.retry({ failure, filter: {} })
    expect(report.jobIds).toHaveLength(2)
    await h.commands.undo(report.undo ?? -1)
    expect((await h.commands.retry({ failure, filter: {} })).jobIds).toHaveLength(2)
  })

  it('retries, cancels and pauses once what is named twice', async () => {
    const started = await startCase({ jobs: 1, checks: ['policy'] })
    const { h } = started
    await h.settle()
    const { id, batchId } = started.job(0)
    await h.commands.pause({ all: true })
    const [jobId, ...more] = (await h.commands.retry({ jobs: [id, id] })).jobIds
    expect(more).toEqual([])
    if (jobId === undefined) return fail()
    expect((await h.commands.pause({ jobs: [jobId, jobId] })).changed).toBe(1)
    expect((await h.commands.cancel({ jobs: [jobId, jobId] })).cancelled).toBe(1)
    expect((await h.commands.retry({ batches: [batchId, batchId] })).jobIds).toHaveLength(1)
  })

  it('retries of those only what a filter shows', async () => {
    const started = await startCase({ jobs: 4, checks: ['policy'] })
    const { h } = started
    await h.settle()
    const { kind, code } = started.job(0).error ?? fail()
    const failure = { kind, code }
    await h.commands.pause({ all: true })
    for (const filter of [{ provider: 'other' }, { project: 'none' }, { text: 'no such words' }])
      expect((await h.commands.retry({ failure, filter })).jobIds).toEqual([])
    const never = { ...failure, since: started.clock.now() + 1 }
    expect((await h.commands.retry({ failure: never, filter: {} })).jobIds).toEqual([])
    const other = { ...failure, refusedPart: 'image' }
    expect((await h.commands.retry({ failure: other, filter: {} })).jobIds).toEqual([])
    const shown = { provider: 'scripted', text: 'PROMPT 2', batchId: started.job(0).batchId }
    const report = await h.commands.retry({
      failure: { ...failure, refusedPart: null },
      filter: shown,
    })
    expect(report.jobIds).toHaveLength(1)
  })

  it('clears what ended from the queue, never its takes, and brings it back', async () => {
    const started = await startCase({ jobs: 3 })
    const { h } = started
    await h.settle()
    const report = await h.commands.prune({ all: true })
    expect(report.changed).toBe(3)
    expect(h.store.read((tx) => tx.counts(null))).toMatchObject({ succeeded: 0 })
    expect(h.db.get('SELECT count(*) AS n FROM takes')?.['n']).toBe(3)
    await h.commands.undo(report.undo ?? -1)
    expect(h.store.read((tx) => tx.counts(null))).toMatchObject({ succeeded: 3 })
  })
})

describe('a project', () => {
  it('caps all of its batches together, and lends new ones its folder', async () => {
    const started = await startCase({ jobs: 1 })
    const { h } = started
    await h.settle()
    const cap = { micros: 350_000, currency: 'USD' }
    await h.commands.setProject('Autumn', { cap, outDir: '/autumn' })
    const plan = { ...planOf({ jobs: 3 }), project: 'Autumn' }
    const first = await h.commands.admit(plan, { again: true })
    const second = await h.commands.admit(plan, { again: true })
    if (!first.ok || !second.ok) return fail()
    await h.settle()
    const ended = h.store.read((tx) => tx.counts(null).succeeded)
    // One of another project, three of this one.
    expect(ended).toBe(4)
    expect(h.runner.blocked().map(({ why, cap: held }) => [why, held?.scope])).toContainEqual([
      'cap',
      'project',
    ])
    expect(h.store.read((tx) => tx.batch(first.value.batchId)?.outDir)).toBe('/autumn')
    await h.commands.setProject('Autumn', { cap: null })
    await h.settle()
    expect(h.store.read((tx) => tx.counts(null))).toMatchObject({ queued: 0, waiting: 0 })
  })
})

describe('why a job waits', () => {
  /** What a person may do to a queue, in any order. */
  type Step = 'pauseAll' | 'resumeAll' | 'pauseBatch' | 'pauseJob' | 'pauseLane' | 'break' | 'pass'

  it('is said of every job that waits, whatever was done', async () => {
    const steps = fc.array(
      fc.constantFrom<Step>(
        'pauseAll',
        'resumeAll',
        'pauseBatch',
        'pauseJob',
        'pauseLane',
        'break',
        'pass',
      ),
      { maxLength: 8 },
    )
    const submit = fc.constantFrom<SubmitScript>('accept', 'refuse429', 'notSent', 'refuse401')
    const cap = fc.option(fc.constant({ micros: 250_000, currency: 'USD' }))
    await fc.assert(
      fc.asyncProperty(steps, fc.array(submit, { maxLength: 4 }), cap, async (done, submits, c) => {
        const started = await startCase({ jobs: 5, concurrency: 2, submits, cap: c })
        for (const step of done) await take(started, step)
        await started.h.until(() => false, 1)
        const { h, clock, provider } = started
        const queries = createQueries({
          db: h.db,
          now: clock.now,
          providers: new Map([[provider.id, provider]]),
          blocked: (batchId, id) =>
            h.runner.blocked().find((part) => part.batchId === batchId && part.provider === id) ??
            null,
        })
        const { rows } = queries.jobs({ filter: {}, after: null, limit: 100 })
        for (const job of rows.filter(
          ({ status }) => status === 'queued' || status === 'waiting',
        )) {
          expect(job.reason, `${job.id} after ${done.join(' ')}`).toBeTruthy()
          if (job.waitsUntil !== null) expect(job.waitsUntil).toBeGreaterThan(0)
        }
        h.kill()
      }),
      { numRuns: 25 },
    )
  })

  async function take({ h, job, provider }: StartedCase, step: Step): Promise<void> {
    const { commands } = h
    const { id, batchId } = job(2)
    if (step === 'pauseAll') await commands.pause({ all: true })
    else if (step === 'resumeAll') await commands.resume({ all: true })
    else if (step === 'pauseBatch') await commands.pause({ batches: [batchId] })
    else if (step === 'pauseJob') await commands.pause({ jobs: [id] })
    else if (step === 'pauseLane') await commands.pause({ lane: { provider: provider.id } })
    else if (step === 'break') await commands.setBreakPoint([id], true)
    else await h.until(() => false, 2_000)
  }
})
