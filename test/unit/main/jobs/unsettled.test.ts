import { describe, expect, it } from 'vitest'
import { err, ok } from '../../../../src/shared/domain/result.ts'
import type { FoundOperation } from '../../../../src/main/providers/spec.ts'
import { adoptFor } from '../../../../src/main/jobs/settled.ts'
import { startCase as start } from '../../../helpers/queueCase.ts'

const HOUR = 3_600_000
const ADOPT = { kind: 'adopt', operationId: 'op-1' } as const
const unreadable = { kind: 'unavailable', code: 'HTTP_405', message: 'no list here' } as const

describe('three lost answers that a person has decided on', () => {
  it('no longer stop the lane', async () => {
    const { h, provider, jobs } = await start({
      jobs: 5,
      list: false,
      concurrency: 1,
      submits: ['loseBefore', 'loseBefore', 'loseBefore'],
    })
    await h.settle()
    expect(provider.creates).toHaveLength(3)
    for (const { id, status } of jobs())
      if (status === 'needsYou') await h.commands.resolve(id, { kind: 'giveUp' })
    await h.settle()
    expect(h.store.read((tx) => tx.counts(null))).toMatchObject({ failed: 3, succeeded: 2 })
  })
})

describe('lost answers', () => {
  it('stand three at most once there is one, however many slots are free', async () => {
    const lost = Array.from({ length: 8 }, () => 'loseBefore' as const)
    const { h } = await start({
      jobs: 12,
      list: false,
      concurrency: 4,
      submits: ['loseBefore', 'accept', 'accept', 'accept', ...lost],
    })
    await h.settle()
    const counts = h.store.read((tx) => tx.counts(null))
    expect(counts).toMatchObject({ succeeded: 3, needsYou: 3, queued: 6 })
  })
})

describe('a list that cannot be read', () => {
  it('leads to a question with its reason instead of a wait without end', async () => {
    const { h, job } = await start({
      submits: ['acceptAndLose'],
      change: () => ({ findSubmitted: async () => err(unreadable) }),
    })
    await h.settle(2 * HOUR)
    expect(job(0).status).toBe('needsYou')
    expect(job(0).needsYou?.evidence.join(' ')).toContain('no list here')
  })

  it('is asked on, and settles the job by itself once it can be read', async () => {
    let isBroken = true
    const { h, provider, job } = await start({
      submits: ['acceptAndLose'],
      change: (plain) => ({
        findSubmitted: async (query, call) =>
          isBroken ? err(unreadable) : ((await plain.findSubmitted?.(query, call)) ?? ok([])),
      }),
    })
    await h.settle(2 * HOUR)
    isBroken = false
    await h.until(() => job(0).status === 'succeeded')
    expect(job(0).status).toBe('succeeded')
    expect(provider.creates).toHaveLength(1)
  })
})

describe('a fault while lost answers are looked for', () => {
  it('asks no provider without end, and the watch goes on', async () => {
    let asked = 0
    const { h, job } = await start({
      isQuiet: true,
      submits: ['acceptAndLose'],
      change: (plain) => ({
        findSubmitted: async (query, call) => {
          asked += 1
          if (asked <= 20) throw new TypeError('a bug of ours')
          return (await plain.findSubmitted?.(query, call)) ?? ok([])
        },
      }),
    })
    await h.until(() => asked === 20, 9 * 60_000)
    expect(asked).toBeLessThan(20)
    await h.until(() => job(0).status === 'succeeded', HOUR)
    expect(job(0).status).toBe('succeeded')
  })

  it('of one job keeps no other from being found', async () => {
    const { h, jobs } = await start({
      jobs: 2,
      submits: ['acceptAndLose', 'acceptAndLose'],
    })
    await h.until(() => h.store.read((tx) => tx.dueIntents(Infinity)).length === 2)
    // Nothing of ours writes that: its render is delivered beside it.
    h.db.run("UPDATE jobs SET status = 'no status of ours' WHERE row = 1")
    await h.until(() => jobs().filter(({ status }) => status === 'succeeded').length === 2, HOUR)
    expect(jobs().map(({ row, status }) => `${row} ${status}`)).toEqual([
      '2 succeeded',
      '1 succeeded',
    ])
  })
})

describe('twins whose answers were lost at different moments', () => {
  it('are counted together, so that two matches for two of them are adopted', async () => {
    const { h, provider, clock } = await start({
      jobs: 2,
      twins: true,
      submits: ['acceptAndLose', 'acceptAndLose'],
    })
    const unknown = () => h.store.read((tx) => tx.dueIntents(clock.now() + HOUR))
    await h.until(() => unknown().length === 2)
    // The second one heard of its loss 20 s later than the first, as after a timeout.
    await h.store.write((tx) => {
      const [, late] = unknown()
      if (late !== undefined) tx.updateIntent(late.id, { nextLookAt: clock.now() + 50_000 })
    })
    await h.settle()
    expect(h.store.read((tx) => tx.counts(null))).toMatchObject({ succeeded: 2, needsYou: 0 })
    expect(provider.bill).toHaveLength(2)
  })
})

describe('a match that turns up while the person decides', () => {
  it('is delivered as an extra take, never dropped', async () => {
    let onList = (): Promise<void> => Promise.resolve()
    const { h, provider, job, clock } = await start({
      submits: ['acceptAndLose'],
      listLag: 2,
      change: (plain) => ({
        findSubmitted: async (query, call) => {
          const found = (await plain.findSubmitted?.(query, call)) ?? ok([])
          if (found.ok && found.value.length > 0) await onList()
          return found
        },
      }),
    })
    await h.settle()
    // The person clicks in the very moment in which the list has answered.
    onList = async () => {
      onList = () => Promise.resolve()
      void h.commands.resolve(job(0).id, { kind: 'sendAgain' })
    }
    await h.until(() => h.store.read((tx) => tx.counts(null)).succeeded === 2, 12 * HOUR)
    expect(provider.bill).toHaveLength(2)
    expect(h.db.all('SELECT operationId FROM operations ORDER BY operationId')).toEqual([
      { operationId: 'op-1' },
      { operationId: 'op-2' },
    ])
    expect(clock.now()).toBeGreaterThan(0)
  })
})

describe('a lost answer that a person settles while the list is asked', () => {
  it('is not looked for any more, nor waited for without end', async () => {
    let onList = (): Promise<void> => Promise.resolve()
    const { h, job } = await start({
      submits: ['acceptAndLose'],
      change: () => ({
        findSubmitted: async () => {
          await onList()
          return ok([])
        },
      }),
    })
    await h.settle()
    onList = async () => void (await h.commands.resolve(job(0).id, ADOPT))
    await h.until(() => job(0).status === 'succeeded', HOUR)
    await h.until(() => false, HOUR)
    expect(job(0).status).toBe('succeeded')
    expect(h.db.get('SELECT outcome, nextLookAt FROM intents')).toEqual({
      outcome: 'accepted',
      nextLookAt: null,
    })
  })
})

describe('what a person may answer', () => {
  it('is only what was offered: a job whose request is not known in full is never sent', async () => {
    const { h, provider, job } = await start({ submits: ['loseBefore'], list: false })
    await h.settle()
    await h.store.write((tx) => {
      const note = job(0).needsYou
      if (note !== null) tx.updateJob(job(0).id, { needsYou: { ...note, actions: ['giveUp'] } })
    })
    const answer = await h.commands.resolve(job(0).id, { kind: 'sendAgain' })
    expect(answer).toMatchObject({ ok: false, error: { code: 'notOffered' } })
    expect(provider.creates).toHaveLength(1)
  })

  it('is no retry of a request of which only the journal knew', async () => {
    const { h, provider, job } = await start({ submits: ['refuse400'] })
    await h.settle()
    h.db.run(
      `UPDATE jobs SET request = json_set(request, '$.fields', json('{}')) WHERE id = '${job(0).id}'`,
    )
    const report = await h.commands.retry({ all: true })
    expect(report.jobIds).toEqual([])
    expect(report.skipped).toHaveLength(1)
    await h.settle()
    expect(provider.creates).toHaveLength(1)
  })

  it('says no word on the first create when the second is refused for its key', async () => {
    let isFirst = true
    const { h, provider, job } = await start({
      idempotency: 'key',
      list: false,
      change: (inner) => ({
        submit: async (wire, call) => {
          await inner.submit(wire, call)
          if (!isFirst)
            return {
              kind: 'refused',
              error: {
                kind: 'invalidRequest',
                code: 'INVALID_REQUEST',
                message: 'The idempotency_key was used before.',
              },
            }
          isFirst = false
          return { kind: 'unknown', error: { ...unreadable, kind: 'unknown' } }
        },
      }),
    })
    await h.settle()
    expect(provider.bill).toHaveLength(1)
    expect(job(0).status).toBe('needsYou')
    expect(h.db.get('SELECT state FROM charges')?.['state']).toBe('indeterminate')
  })

  it('reaches both memories when it is the id of an operation', async () => {
    const { h, provider, job } = await start({ submits: ['acceptAndLose'], listLag: 100 })
    await h.settle()
    const key = provider.creates[0] ?? ''
    await h.commands.resolve(job(0).id, { kind: 'adopt', operationId: 'op-1' })
    await h.settle()
    expect(job(0).status).toBe('succeeded')
    expect(h.journal).toContain(`outcome ${key} accepted`)
  })

  it('is not taken up by the id of an earlier create of the same job', async () => {
    const error = { kind: 'unavailable', code: 'BROKE', message: '' } as const
    const cost = { micros: 0, currency: 'USD', estimated: false }
    const { h, provider, job } = await start({
      submits: ['accept', 'acceptAndLose'],
      listLag: 1_000,
      change: (plain) => ({
        check: async (operation, call) =>
          operation.id === 'op-1' ? { kind: 'failed', error, cost } : plain.check(operation, call),
      }),
    })
    await h.until(() => job(0).status === 'needsYou')
    const adopt = (operationId: string) =>
      h.commands.resolve(job(0).id, { kind: 'adopt', operationId })
    expect(await adopt('op-1')).toMatchObject({ ok: false, error: { code: 'operationTaken' } })
    expect((await adopt('op-2')).ok).toBe(true)
    await h.settle()
    expect(job(0).status).toBe('succeeded')
    expect(provider.bill).toHaveLength(2)
  })
})

it('a create that is answered with an earlier render of its own job brings that one clip, once', async () => {
  // A gateway that knows equal requests again: the first seemed to be lost, and the person sent it anew.
  let isKnown = false
  const { h, job, jobs } = await start({
    list: false,
    change: (plain) => ({
      submit: async () => ({ kind: 'accepted', operation: { id: 'op-1', version: 1, data: {} } }),
      check: async (operation, call) =>
        isKnown
          ? {
              kind: 'succeeded',
              outputs: [{ kind: 'url', url: 'https://cdn.example.com/1.mp4', withKey: false }],
            }
          : plain.check(operation, call),
    }),
  })
  await h.until(() => job(0).status === 'needsYou')
  expect(job(0).needsYou?.code).toBe('operationMissing')
  isKnown = true
  await h.commands.resolve(job(0).id, { kind: 'sendAgain' })
  await h.settle()
  expect(jobs().map(({ status }) => status)).toEqual(['succeeded'])
  expect(h.delivered).toHaveLength(1)
  // Whether the first was billed for itself nobody can tell: the caps count it on.
  expect(h.db.all('SELECT state FROM charges ORDER BY intentId')).toEqual([
    { state: 'indeterminate' },
    { state: 'confirmed' },
  ])
})

describe('an operation that another key of the same provider owns', () => {
  it('is no match while its answer is on the way', async () => {
    const { h, provider, clock, jobs } = await start({
      jobs: 2,
      twins: true,
      keys: ['first', 'second'],
      concurrency: 1,
      submits: ['loseBefore', 'acceptAndLose'],
    })
    await h.until(() => h.store.read((tx) => tx.dueIntents(clock.now() + HOUR)).length === 2)
    // The list of the account that both keys lead to shows what the second one has just ordered.
    const second = "credential = 'second'"
    h.db.run(`UPDATE intents SET outcome = 'open', nextLookAt = NULL WHERE ${second}`)
    await h.until(() => false, 10 * 60_000)
    expect(h.db.all('SELECT * FROM operations')).toEqual([])
    h.db.run(`UPDATE intents SET outcome = 'unknown', nextLookAt = 0 WHERE ${second}`)
    h.runner.wake()
    await h.settle()
    expect(
      jobs()
        .map(({ status }) => status)
        .toSorted(),
    ).toEqual(['needsYou', 'succeeded'])
    expect(provider.bill).toHaveLength(1)
  })

  it('is no match', async () => {
    const foreign: FoundOperation = {
      operation: { id: 'op-other', version: 1, data: {} },
      createdAtMs: 0,
      match: 'same',
    }
    const { h, job } = await start({
      submits: ['loseBefore'],
      change: () => ({ findSubmitted: async () => ok([foreign]) }),
    })
    h.db.run(
      "INSERT INTO operations (provider, account, operationId, jobId, intentId, version, data, createdAt) VALUES ('scripted', 'other', 'op-other', 'job_00000000', NULL, 1, '{}', 0)",
    )
    await h.settle()
    expect(job(0)).toMatchObject({ status: 'needsYou', operation: null })
  })
})

it('a match that another job took in this moment is in neither memory', async () => {
  const { h, provider, job } = await start({
    jobs: 2,
    concurrency: 1,
    submits: ['accept', 'acceptAndLose'],
    list: false,
  })
  await h.settle()
  const { intentId } = job(1)
  const intent = intentId === null ? null : h.store.read((tx) => tx.intent(intentId))
  if (intent === null) throw new Error('nothing was sent')
  await adoptFor(h.ctx, intent, {
    operation: { id: 'op-1', version: 1, data: {} },
    by: 'list',
  })
  expect(job(1).status).toBe('needsYou')
  expect(h.journal).not.toContain(`outcome ${provider.creates[1]} accepted`)
})

it('a render that was found by a list is not missing where it was not ordered', async () => {
  let base = 'https://api.example.com'
  const { h, job } = await start({
    submits: ['acceptAndLose'],
    checks: ['missing'],
    baseUrls: () => ({ base }),
  })
  await h.until(() => job(0).step === 'poll')
  base = 'https://other.example.com'
  await h.until(() => false, 3 * HOUR)
  expect(job(0)).toMatchObject({ status: 'running', error: { code: 'OTHER_BASE_URL' } })
  base = 'https://api.example.com'
  await h.until(() => job(0).status === 'needsYou')
  expect(job(0).status).toBe('needsYou')
})
