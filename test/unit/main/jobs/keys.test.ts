import { createQueries } from '../../../../src/main/storage/queries/queries.ts'
import { describe, expect, it } from 'vitest'
import { pickLane } from '../../../../src/main/jobs/pickLane.ts'
import type { Rest } from '../../../../src/shared/domain/views.ts'
import { ok } from '../../../../src/shared/domain/result.ts'
import { startCase, type StartedCase } from '../../../helpers/queueCase.ts'

const KEYS = ['first', 'second']

/** Jobs under way by key, without a moment going by. */
async function underWay({ h, jobs }: StartedCase): Promise<Record<string, number>> {
  await h.until(() => false, 0)
  const running = jobs().filter(({ status }) => status === 'running')
  return Object.fromEntries(
    KEYS.map((key) => [key, running.filter(({ credential }) => credential === key).length]),
  )
}

// Promise: each key of a provider is a lane of its own, in the person's order.
describe('two keys of one provider', () => {
  it('have both lanes filled at one look, the first one first', async () => {
    const few = await startCase({ keys: KEYS, jobs: 2, concurrency: 2, checks: ['running'] })
    expect(await underWay(few)).toEqual({ first: 2, second: 0 })
    const many = await startCase({ keys: KEYS, jobs: 6, concurrency: 2, checks: ['running'] })
    expect(await underWay(many)).toEqual({ first: 2, second: 2 })
    const waits = many.jobs().filter(({ status }) => status === 'queued')
    expect(waits).toHaveLength(2)
    expect(many.h.runner.blocked()).toMatchObject([{ why: 'full' }])
  })

  it('send no more in a minute than each may, at one look too', async () => {
    const started = await startCase({
      keys: KEYS,
      jobs: 8,
      concurrency: 4,
      checks: ['running'],
      change: ({ traits }) => ({
        traits: { ...traits, lane: { concurrency: 4, createsPerMinute: 1 } },
      }),
    })
    expect(await underWay(started)).toEqual({ first: 1, second: 1 })
    expect(started.h.runner.blocked()).toMatchObject([{ why: 'rate' }])
    await started.h.until(() => false, 70_000)
    expect(await underWay(started)).toEqual({ first: 2, second: 2 })
  })

  it('do not count what never left towards that', async () => {
    const { h, clock, provider, job } = await startCase({
      jobs: 1,
      submits: ['notSent', 'notSent', 'notSent'],
      change: ({ traits }) => ({
        traits: { ...traits, lane: { concurrency: 4, createsPerMinute: 1 } },
      }),
    })
    const from = clock.now()
    await h.until(() => job(0).status === 'succeeded', 300_000)
    // Waits of 5, 15 and 30 s between the tries, none of which was for the minute's share.
    expect(clock.now() - from).toBeLessThan(58_000)
    expect(provider.bill).toHaveLength(1)
  })

  it('wait for the one that goes on by itself, not for the one that a person must mend', async () => {
    const { h, clock } = await startCase({
      keys: KEYS,
      jobs: 2,
      isQuiet: true,
      checks: ['running'],
    })
    await h.store.write((tx) => {
      const heldUntil = clock.now() + 60_000
      tx.setLane('scripted', 'first', { heldUntil })
      tx.setLane('scripted', 'second', { needsPerson: true })
      const question = { tx, now: clock.now(), window: null, halted: null, limit: 9, before: [] }
      expect(pickLane(h.ctx, question, 'scripted')).toMatchObject({ why: 'held', until: heldUntil })
    })
  })

  it('that are missing hold nothing once they are back, and are asked for by one question', async () => {
    const keys = ['first']
    const { h, clock, provider, job } = await startCase({ jobs: 1, keys, checks: ['succeed'] })
    await h.until(() => job(0).step === 'poll')
    keys.length = 0
    await h.settle()
    expect(job(0)).toMatchObject({ status: 'running', error: { code: 'NO_KEY' } })
    // Looking in vain is no work: the night ends once, not with each look.
    const rests = () => h.events.filter(({ type }) => type === 'rest').length
    const before = rests()
    expect(h.runner.rest()).toBe('person')
    await h.until(() => false, 600_000)
    expect(rests()).toBe(before)
    const asks = () =>
      createQueries({
        db: h.db,
        now: clock.now,
        providers: new Map([[provider.id, provider]]),
        blocked: () => null,
        hasKey: () => keys.length > 0,
      }).asks()
    expect(asks()).toMatchObject({
      holds: [],
      stops: [{ why: 'noKey', batches: [{ name: 'Test', jobs: 0, rendering: 1 }] }],
    })
    keys.push('first')
    expect(asks().stops).toEqual([])
    // And what nobody could look at is looked at now, not when its turn comes.
    await h.commands.lookAgain()
    expect(h.events.at(-1)).toEqual({ type: 'lanes' })
    await h.until(() => job(0).status === 'succeeded', 1_000)
    expect(job(0).status).toBe('succeeded')
    expect(asks().stops).toEqual([])
  })

  it('that are back end no night in the middle of the render, or of the download', async () => {
    const keys = ['first']
    const rests: Rest[] = []
    const { h, clock, provider, job } = await startCase({
      jobs: 1,
      keys,
      checks: ['running', 'running', 'running', 'running', 'succeed'],
      deliver: () => {
        rests.push(h.runner.rest())
        if (rests.length > 1) return null
        keys.length = 0
        const error = { kind: 'auth', code: 'NO_KEY', message: 'The key is not here.' } as const
        return { kind: 'retry', error }
      },
    })
    const asks = () =>
      createQueries({
        db: h.db,
        now: clock.now,
        providers: new Map([[provider.id, provider]]),
        blocked: () => null,
        hasKey: () => keys.length > 0,
      }).asks()
    await h.until(() => job(0).step === 'poll')
    keys.length = 0
    await h.until(() => h.runner.rest() === 'person')
    keys.push('first')
    await h.until(() => job(0).progress !== null)
    await h.until(() => false, 0)
    expect(h.runner.rest()).toBe('working')
    expect(asks().stops).toEqual([])
    await h.until(() => h.runner.rest() === 'person')
    expect(rests).toEqual(['working'])
    keys.push('first')
    await h.until(() => job(0).status === 'succeeded')
    expect(rests).toEqual(['working', 'working'])
  })

  it('that were refused leave nothing to a person once another is here, or the download gets through', async () => {
    const refused = { kind: 'auth', code: 'UNAUTHORIZED', message: 'It is refused.' } as const
    for (const isReplaced of [true, false]) {
      const keys = ['first']
      let tries = 0
      const ends: (() => void)[] = []
      const { h, job } = await startCase({
        jobs: 1,
        keys,
        deliver: (_url, arrive) => {
          tries += 1
          if (tries < 3) return { kind: 'retry', error: refused }
          if (!isReplaced) arrive({ bytes: 1, total: null })
          return new Promise((resolve) => ends.push(() => resolve(null)))
        },
      })
      const rests = () => h.events.flatMap((event) => (event.type === 'rest' ? event.rest : []))
      await h.until(() => tries === 2)
      await h.until(() => false, 0)
      // Trying in vain is no work.
      expect(rests()).toEqual(['person'])
      if (isReplaced) {
        keys.splice(0, 1, 'second')
        await h.commands.lookAgain()
      }
      await h.until(() => tries === 3, isReplaced ? 1_000 : 600_000)
      await h.until(() => false, 0)
      expect(rests()).toEqual(['person', 'working'])
      ends.forEach((end) => end())
      await h.until(() => job(0).status === 'succeeded', 1_000)
      expect(job(0).status).toBe('succeeded')
    }
  })

  it.each([
    ['unreachable', [false, true]],
    ['missing', [true, false]],
  ] as const)('that stand in for one that is gone: %s holds its own lane', async (kind, lanes) => {
    const keys = [...KEYS]
    const error = { kind: 'auth', code: 'UNAUTHORIZED', message: 'It is refused.' } as const
    const { h, job } = await startCase({
      jobs: 1,
      keys,
      change: () => ({ check: async () => ({ kind, error }) }),
    })
    await h.until(() => job(0).step === 'poll')
    keys.shift()
    await h.until(() => job(0).error !== null)
    const held = KEYS.map((key) => h.store.read((tx) => tx.lane('scripted', key)).needsPerson)
    expect(held).toEqual(lanes)
    await h.until(() => false, 0)
    expect(h.runner.rest()).toBe('person')
  })

  it('wait for no answer of each other', async () => {
    const answered: (() => void)[] = []
    const { h, clock, jobs } = await startCase({
      keys: KEYS,
      jobs: 4,
      concurrency: 2,
      change: ({ submit }) => ({
        submit: async (wire, call) => {
          await new Promise<void>((resolve) => answered.push(resolve))
          return submit(wire, call)
        },
      }),
    })
    for (let turn = 0; turn < 1_000 && answered.length < 4; turn += 1) {
      clock.jump(clock.monotonic())
      await new Promise((resolve) => setImmediate(resolve))
    }
    expect(jobs().map(({ credential }) => credential)).toEqual([...KEYS, ...KEYS].toSorted())
    for (const answer of answered) answer()
    await h.settle()
  })

  it('pass no cap together, and no limit of the batch', async () => {
    const cap = { micros: 300_000, currency: 'USD' }
    const capped = await startCase({
      keys: KEYS,
      jobs: 6,
      concurrency: 2,
      cap,
      checks: ['running'],
    })
    expect(await underWay(capped)).toEqual({ first: 2, second: 1 })
    expect(capped.h.runner.blocked()).toMatchObject([{ why: 'cap' }])
  })

  it('are held one by one: what a refused key cannot send goes out under the other', async () => {
    const { h, jobs, provider } = await startCase({
      keys: KEYS,
      jobs: 4,
      concurrency: 1,
      submits: ['refuse401'],
    })
    await h.settle()
    expect(jobs().map(({ status, credential }) => [status, credential])).toEqual(
      Array.from({ length: 4 }, () => ['succeeded', 'second']),
    )
    expect(provider.bill).toHaveLength(4)
    const lanes = KEYS.map((key) => h.store.read((tx) => tx.lane('scripted', key)).needsPerson)
    expect(lanes).toEqual([true, false])
  })

  it('settle a lost answer with the key that sent it, while the other goes on', async () => {
    const asked: string[] = []
    const { h, jobs, provider } = await startCase({
      keys: KEYS,
      jobs: 4,
      concurrency: 1,
      submits: ['acceptAndLose'],
      listLag: 1,
      change: (inner) => ({
        findSubmitted: async (query, call) => {
          asked.push(call.credential)
          return (await inner.findSubmitted?.(query, call)) ?? ok([])
        },
      }),
    })
    await h.until(() => provider.bill.length === 2, 0)
    expect(jobs().map(({ credential }) => credential)).toContain('second')
    await h.settle()
    expect(new Set(asked)).toEqual(new Set(['first']))
    expect(jobs().every(({ status }) => status === 'succeeded')).toBe(true)
    expect(provider.bill).toHaveLength(4)
  })
})

it('a base URL that may not be asked leaves the render to a person, until settings change', async () => {
  const { h, job, provider } = await startCase({ jobs: 1, checks: ['running', 'succeed'] })
  await h.until(() => job(0).progress !== null)
  const error = { kind: 'invalidRequest', code: 'BAD_BASE_URL', message: 'It is no address.' }
  h.db.run('UPDATE jobs SET error = ?', [JSON.stringify(error)])
  h.runner.wake()
  await h.until(() => false, 0)
  expect(h.runner.rest()).toBe('person')
  await h.commands.lookAgain()
  await h.until(() => job(0).status === 'succeeded', 1_000)
  expect(job(0).status).toBe('succeeded')
  expect(provider.bill).toHaveLength(1)
})

it('a key that is refused for ten minutes and then answered again holds its lane no longer', async () => {
  const refused = { kind: 'auth', code: 'UNAUTHORIZED', message: 'It is refused.' } as const
  let until = Number.POSITIVE_INFINITY
  const { h, jobs, provider } = await startCase({
    jobs: 3,
    concurrency: 1,
    change: (inner, clock) => ({
      check: async (operation, call) => {
        until = Math.min(until, clock.now() + 600_000)
        return clock.now() < until
          ? { kind: 'unreachable', error: refused }
          : inner.check(operation, call)
      },
    }),
  })
  const lane = () => h.store.read((tx) => tx.lane('scripted', 'env'))
  await h.until(() => lane().needsPerson)
  await h.until(() => !lane().needsPerson, 3_600_000)
  expect(lane()).toMatchObject({ needsPerson: false, heldReason: null })
  await h.until(() => jobs().every(({ status }) => status === 'succeeded'), 3_600_000)
  expect(provider.bill).toHaveLength(3)
})

it('a key that is refused until settings change holds its lane no longer', async () => {
  const refused = { kind: 'auth', code: 'UNAUTHORIZED', message: 'It is refused.' } as const
  let isMended = false
  const { h, provider } = await startCase({
    jobs: 3,
    concurrency: 1,
    change: (inner) => ({
      check: async (operation, call) =>
        isMended ? inner.check(operation, call) : { kind: 'unreachable', error: refused },
    }),
  })
  const lane = () => h.store.read((tx) => tx.lane('scripted', 'env'))
  await h.until(() => lane().needsPerson)
  isMended = true
  await h.commands.lookAgain()
  expect(lane()).toMatchObject({ needsPerson: false, heldReason: null })
  await h.settle()
  expect(provider.bill).toHaveLength(3)
})

it('a key whose creates are refused stays held, though its renders are answered', async () => {
  const { h, jobs, provider } = await startCase({
    jobs: 3,
    concurrency: 2,
    submits: ['accept', 'refuse401'],
    checks: ['running', 'running', 'succeed'],
  })
  await h.settle()
  expect(h.store.read((tx) => tx.lane('scripted', 'env')).needsPerson).toBe(true)
  expect(jobs().map(({ status }) => status)).toEqual(['succeeded', 'waiting', 'queued'])
  expect(provider.creates).toHaveLength(2)
})
