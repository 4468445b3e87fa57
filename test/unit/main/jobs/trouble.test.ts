import { jobDetail } from '../../../../src/main/storage/queries/jobDetails.ts'
import { createQueries } from '../../../../src/main/storage/queries/queries.ts'
import { describe, expect, it } from 'vitest'
import { err } from '../../../../src/shared/domain/result.ts'
import type { SubmitOutcome } from '../../../../src/main/providers/spec.ts'
import { StorageError } from '../../../../src/main/storage/storageError.ts'
import { startCase, type StartedCase } from '../../../helpers/queueCase.ts'

const HOUR = 3_600_000

const allDone = ({ jobs, provider }: StartedCase): void => {
  expect(jobs().map(({ status }) => status)).toEqual(jobs().map(() => 'succeeded'))
  expect(provider.bill).toHaveLength(jobs().length)
}

describe.each(['readOnly', 'locked', 'diskFull'] as const)('a database that is %s', (code) => {
  const broken = new StorageError(code, `scripted ${code}`)

  it('for an hour loses nothing, pays nothing twice, and all goes on by itself', async () => {
    let isBroken = false
    const one = await startCase({
      jobs: 12,
      concurrency: 3,
      checks: ['running', 'running', 'succeed'],
      storeError: () => (isBroken ? broken : null),
    })
    const { h, clock, provider } = one
    await h.until(() => provider.bill.length >= 5)
    isBroken = true
    const from = clock.now()
    await h.until(() => clock.now() - from > HOUR)
    // What was claimed before may still be sent; nothing new is.
    expect(provider.bill.length).toBeLessThanOrEqual(8)
    isBroken = false
    await h.settle()
    allDone(one)
  })

  it('while a clip is given its name asks nobody: the download goes on', async () => {
    let tries = 0
    const one = await startCase({
      jobs: 1,
      deliver: () => {
        tries += 1
        if (tries === 1) throw broken
        return null
      },
    })
    await one.h.settle()
    expect(tries).toBe(2)
    allDone(one)
  })

  it('does not keep the engine from stopping', async () => {
    let isBroken = false
    const { h, provider } = await startCase({
      jobs: 4,
      checks: ['running', 'running', 'running', 'succeed'],
      storeError: () => (isBroken ? broken : null),
    })
    await h.until(() => provider.bill.length === 4)
    isBroken = true
    let isStopped = false
    void h.stop().then(() => (isStopped = true))
    await h.until(() => isStopped, HOUR)
    expect(isStopped).toBe(true)
  })
})

describe('a create that is not answered within its 30 s', () => {
  it('was taken all the same: it is found in the list and paid once', async () => {
    const one = await startCase({
      jobs: 3,
      concurrency: 1,
      change: (plain, clock) => ({
        submit: async (wire, call): Promise<SubmitOutcome> => {
          await plain.submit(wire, call)
          clock.setWall(clock.now() + 30_000)
          const error = { kind: 'unknown', code: 'CREATE_LOST', message: 'No answer.' } as const
          return { kind: 'unknown', error }
        },
      }),
    })
    await one.h.settle()
    allDone(one)
    expect(one.provider.creates).toHaveLength(3)
  })
})

describe('a machine that slept for eight hours in mid render', () => {
  it('goes on where it was: nothing failed, nothing is sent again', async () => {
    const one = await startCase({
      jobs: 6,
      concurrency: 6,
      checks: ['running', 'running', 'succeed'],
    })
    const { h, clock, provider, jobs } = one
    await h.until(() => jobs().every(({ checks }) => checks >= 1))
    clock.setWall(clock.now() + 8 * HOUR)
    await h.settle()
    allDone(one)
    expect(provider.creates).toHaveLength(6)
  })

  it('and whose network comes back later than itself', async () => {
    let isOffline = false
    const one = await startCase({
      jobs: 4,
      concurrency: 4,
      checks: ['running', 'running', 'succeed'],
      change: (plain) => ({
        check: async (operation, call) =>
          isOffline
            ? {
                kind: 'unreachable',
                error: { kind: 'unavailable', code: 'UNREACHABLE', message: 'No network.' },
              }
            : plain.check(operation, call),
      }),
    })
    const { h, clock, jobs } = one
    await h.until(() => jobs().every(({ checks }) => checks >= 1))
    isOffline = true
    clock.setWall(clock.now() + 8 * HOUR)
    const from = clock.now()
    await h.until(() => clock.now() - from > HOUR / 4)
    isOffline = false
    await h.settle()
    expect(one.provider.creates).toHaveLength(4)
    allDone(one)
  })
})

describe('a job that was given up while its lost answer is looked for', () => {
  it('is sent again only when the person insists, and a late match becomes an extra take', async () => {
    const one = await startCase({ submits: ['acceptAndLose'], listLag: 4 })
    const { h, provider, jobs, job } = one
    await h.until(() => job(0).status === 'needsYou')
    const { id } = job(0)
    await h.commands.resolve(id, { kind: 'giveUp' })
    const left = await h.commands.retry({ jobs: [id] })
    expect(left).toMatchObject({ jobIds: [], skipped: [{ jobId: id, inDoubt: true }] })
    const doubt = jobDetail(h.db, id, () => ({
      reason: null,
      waitsUntil: null,
      expectedFinishAt: null,
    }))?.doubt
    expect(doubt?.[0]).toContain(`under the key ${id}:1; its answer was lost`)
    expect(doubt?.at(-1)).toBe('$0.10 stay counted against the caps')
    expect(left.skipped[0]?.why).toContain('may pay twice')
    const sent = await h.commands.retry({ jobs: [id] }, { despiteDoubt: true })
    expect(sent.jobIds).toHaveLength(1)
    await h.settle()
    await h.until(() => jobs().filter(({ status }) => status === 'succeeded').length === 2)
    expect(provider.bill).toHaveLength(2)
  })
})

describe('room on the disk', () => {
  it('is kept for what is under way, by what its route delivered before', async () => {
    const { h, provider } = await startCase({ jobs: 4, concurrency: 2, checks: ['running'] })
    await h.until(() => provider.bill.length === 2)
    const bytes = () => h.store.read((tx) => tx.outstanding())[0]?.bytes
    // Never measured: 3 MB a second, 5 s each.
    expect(bytes()).toBe(2 * 5 * 3_000_000)
    await h.store.write((tx) =>
      tx.addRenderTime({
        route: 'scripted/model',
        at: 1,
        renderMs: 1_000,
        outputSeconds: 5,
        bytes: 50_000_000,
      }),
    )
    expect(bytes()).toBe(2 * 5 * 12_000_000)
  })
})

describe('a create whose answer was lost', () => {
  it('says when the provider is asked', async () => {
    const one = await startCase({ submits: ['acceptAndLose'], listLag: 4 })
    const { h, clock, job } = one
    await h.until(() => job(0).step === 'submit' && h.journal.some((line) => /unknown/.test(line)))
    const { now } = clock
    const queries = createQueries({
      db: h.db,
      now,
      providers: new Map([[one.provider.id, one.provider]]),
      blocked: () => null,
    })
    const shown = queries.job(job(0).id)?.job
    expect(shown).toMatchObject({ status: 'running', reason: 'answer lost: asks the provider' })
    const wait = (shown?.waitsUntil ?? 0) - now()
    expect(wait).toBeGreaterThan(0)
    expect(wait).toBeLessThanOrEqual(30_000)
    // As told by the event that came with it.
    expect(h.events.findLast(({ type }) => type === 'job')).toMatchObject({
      job: { waitsUntil: shown?.waitsUntil },
    })
  })

  it('tells each look at which it is asked anew', async () => {
    const { h, clock, job } = await startCase({ submits: ['acceptAndLose'], listLag: 1 })
    const nextLook = () =>
      h.db.get("SELECT passes, nextLookAt AS at FROM intents WHERE outcome = 'unknown'")
    await h.until(() => nextLook()?.['passes'] === 1)
    expect(job(0).status).toBe('running')
    expect(nextLook()?.['at']).toBeGreaterThan(clock.now())
    expect(h.events.findLast(({ type }) => type === 'job')).toMatchObject({
      job: { waitsUntil: nextLook()?.['at'] },
    })
  })
})

describe('a step that breaks', () => {
  it('before its intent was written gives back what was set aside for it', async () => {
    const { h, job } = await startCase({
      isQuiet: true,
      change: () => ({ prepare: () => Promise.reject(new TypeError('a bug of ours')) }),
    })
    await h.settle()
    expect(job(0)).toMatchObject({ status: 'needsYou', needsYou: { code: 'internalError' } })
    // Nothing was sent, so there is nothing to adopt.
    expect(job(0).needsYou?.actions).toEqual(['sendAgain', 'giveUp'])
    expect(job(0).needsYou?.message).toContain('Nothing of it is charged.')
    // So sending it again pays once, and giving it up costs nothing.
    expect(job(0).needsYou?.isUnpaid).toBe(true)
    expect(h.db.all('SELECT state FROM charges')).toEqual([{ state: 'released' }])
    expect(h.journal).toEqual([])
  })

  it('after it keeps the money in doubt', async () => {
    const { h, job } = await startCase({
      isQuiet: true,
      list: false,
      change: () => ({ submit: () => Promise.reject(new TypeError('a bug of ours')) }),
    })
    await h.settle()
    expect(job(0).needsYou?.actions).toContain('adopt')
    expect(job(0).needsYou?.isUnpaid).toBe(false)
    expect(h.db.all('SELECT state FROM charges')).toEqual([{ state: 'indeterminate' }])
  })

  it('before it, once an earlier answer was lost, still warns of paying twice', async () => {
    let prepared = 0
    const { h, job } = await startCase({
      isQuiet: true,
      submits: ['acceptAndLose'],
      list: false,
      change: (plain) => ({
        prepare: (request, call) => {
          prepared += 1
          if (prepared > 1) return Promise.reject(new TypeError('a bug of ours'))
          return plain.prepare(request, call)
        },
      }),
    })
    await h.until(() => job(0).status === 'needsYou')
    await h.commands.resolve(job(0).id, { kind: 'sendAgain' })
    await h.until(() => job(0).needsYou?.code === 'internalError')
    expect(job(0).needsYou).toMatchObject({ isUnpaid: false, actions: ['sendAgain', 'giveUp'] })
  })

  it('after a refusal says that nothing is charged, not that nothing was sent', async () => {
    let prepared = 0
    const { h, job } = await startCase({
      isQuiet: true,
      submits: ['refuse503'],
      change: (plain) => ({
        prepare: (request, call) => {
          prepared += 1
          if (prepared > 1) return Promise.reject(new TypeError('a bug of ours'))
          return plain.prepare(request, call)
        },
      }),
    })
    await h.until(() => job(0).status === 'needsYou')
    expect(job(0).needsYou?.isUnpaid).toBe(true)
    expect(job(0).needsYou?.message).toContain('Nothing of it is charged.')
  })

  it('of an extra take knows that it is paid, though its create was of another job', async () => {
    let isSentAgain = false
    const { h, jobs, job } = await startCase({
      isQuiet: true,
      submits: ['acceptAndLose'],
      listLag: 4,
      change: (plain) => ({
        check: (operation, call) =>
          isSentAgain && operation.id === 'op-1'
            ? Promise.reject(new TypeError('a bug of ours'))
            : plain.check(operation, call),
      }),
    })
    await h.until(() => job(0).status === 'needsYou')
    isSentAgain = true
    await h.commands.resolve(job(0).id, { kind: 'sendAgain' })
    await h.until(() => jobs()[1]?.status === 'needsYou')
    expect(jobs()[1]?.needsYou).toMatchObject({ code: 'internalError', isUnpaid: false })
    const extra = jobs()[1]
    expect(extra !== undefined && h.store.read((tx) => tx.mayBeCharged(extra))).toBe(true)
    // Nor is a create without any charge one that surely cost nothing.
    h.db.run('DELETE FROM charges')
    expect(extra !== undefined && h.store.read((tx) => tx.mayBeCharged(extra))).toBe(true)
  })
})

describe('a queue that is asked whether it is settled', () => {
  const turns = async (): Promise<void> => {
    for (let turn = 0; turn < 20; turn += 1) await new Promise((done) => setImmediate(done))
  }
  const held = (): { readonly wait: Promise<void>; readonly open: () => void } => {
    let open = (): void => {}
    const wait = new Promise<void>((done) => (open = done))
    return { wait, open }
  }

  it.each([
    { last: 'has ended', isStillWritten: false },
    { last: 'is still being written', isStillWritten: true },
  ])('does not go by a look that was made before a step that $last', async ({ isStillWritten }) => {
    const [answer, look, step] = [held(), held(), held()]
    let [prepared, isAsked, isHeld] = [0, false, false]
    const { h, jobs } = await startCase({
      jobs: 2,
      cap: { micros: 100_000, currency: 'USD' },
      change: (plain) => ({
        prepare: async (request, call) => {
          prepared += 1
          if (prepared > 1) return plain.prepare(request, call)
          await answer.wait
          return err({ kind: 'invalidRequest', code: 'NO', message: 'No.' })
        },
      }),
      afterWrite: async (value) => {
        if (typeof value !== 'object' || value === null || !isAsked) return
        if (isStillWritten && 'view' in value) await step.wait
        if (isHeld || !('blocked' in value)) return
        isHeld = true
        await look.wait
      },
    })
    await h.until(() => prepared === 1)
    // The second waits for the cap, all of which the first holds.
    let isOver = false
    isAsked = true
    void h.runner.settled().then(() => (isOver = true))
    await h.until(() => isHeld)
    answer.open()
    await turns()
    expect(jobs().map(({ status }) => status)).toEqual(['failed', 'queued'])
    look.open()
    await turns()
    expect(isOver).toBe(false)
    step.open()
    await h.until(() => isOver)
    expect(jobs().map(({ status }) => status)).toEqual(['failed', 'succeeded'])
  })
})

it('a queue that is woken at the very end of a look looks once more, at once', async () => {
  let looks = 0
  const { h } = await startCase({
    afterWrite: async (value) => {
      if (typeof value !== 'object' || value === null || !('blocked' in value)) return
      looks += 1
      if (looks === 1) h.runner.wake()
    },
  })
  await h.settle()
  looks = 0
  h.runner.wake()
  await h.until(() => false, 0)
  expect(looks).toBe(2)
})
