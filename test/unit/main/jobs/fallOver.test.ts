import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { OtherWay, OtherWays } from '../../../../src/main/jobs/context.ts'
import { reasonsNow } from '../../../../src/main/storage/queries/reasons.ts'
import type { SqlDatabase } from '../../../../src/main/storage/sqlite.ts'
import { err, ok } from '../../../../src/shared/domain/result.ts'
import { fakeClock } from '../../../helpers/fakeClock.ts'
import {
  memoryDatabase,
  planOf,
  startQueue,
  type PlanOptions,
  type QueueHarness,
} from '../../../helpers/queueHarness.ts'
import {
  scriptedProvider,
  type CheckScript,
  type ScriptedProvider,
  type SubmitScript,
} from '../../../helpers/scriptedProvider.ts'

/** The same request on each of the others, in this order. */
const waysTo = (ids: readonly string[], micros: number | null = 100_000): OtherWays => ({
  isOn: () => true,
  of: (job): readonly OtherWay[] =>
    ids
      .filter((provider) => provider !== job.provider)
      .map((provider) => {
        const route = `${provider}/model`
        const estimate = micros === null ? null : { micros, currency: 'USD', estimated: true }
        const request = { ...job, provider, route, routeNamed: false, estimate }
        return { provider, route, request: ok(request) }
      }),
})

interface Story {
  /** What the creates at the first come to, in turn; then they are accepted. */
  readonly submits?: readonly SubmitScript[]
  /** What they come to at the second. */
  readonly others?: readonly SubmitScript[]
  readonly ways?: OtherWays
  readonly plan?: Partial<PlanOptions>
  readonly concurrency?: number
  /** What every look at a render of the first says. */
  readonly looks?: readonly CheckScript[]
  readonly before?: (h: QueueHarness) => Promise<unknown>
}

async function tell({ submits = [], others = [], ways, plan, concurrency, looks, before }: Story) {
  const clock = fakeClock()
  const [first, second] = ['first', 'second'].map((id) => {
    const script = [...(id === 'first' ? submits : others)]
    return scriptedProvider({
      id,
      idempotency: 'none',
      list: true,
      concurrency: id === 'first' ? 4 : (concurrency ?? 4),
      now: clock.now,
      nextSubmit: () => script.shift() ?? 'accept',
      checks: () => (id === 'first' ? [...(looks ?? ['succeed'])] : ['succeed']),
    })
  })
  if (first === undefined || second === undefined) throw new TypeError('two providers')
  const otherWays = ways ?? waysTo(['first', 'second'])
  const h = await startQueue({ clock, provider: first, others: [second], otherWays })
  await before?.(h)
  await h.commands.admit(planOf({ jobs: 6, provider: 'first', anyWay: true, ...plan }), {
    again: false,
  })
  await h.settle()
  const jobs = h.store.read((tx) => tx.jobsOf('all', {}))
  const moved = jobs.flatMap(({ moves }) => moves.at(-1)?.words ?? [])
  return { h, first, second, jobs, moved, counts: h.store.read((tx) => tx.counts(null)) }
}

const REFUSED: readonly SubmitScript[] = Array.from({ length: 20 }, () => 'refuse401')
const OUT: readonly SubmitScript[] = Array.from({ length: 200 }, () => 'notSent')

describe('jobs whose lane is held', () => {
  it('go the next way when the key is refused, each once, and say so', async () => {
    const { first, second, counts, moved, jobs, h } = await tell({ submits: REFUSED })
    expect(counts).toMatchObject({ succeeded: 6 })
    expect([first.bill.length, second.bill.length]).toEqual([0, 6])
    expect(moved).toHaveLength(6)
    expect(new Set(moved)).toEqual(
      new Set(['moved from first to second because first refuses the key']),
    )
    expect(jobs[0]?.moves).toMatchObject([{ from: 'first/model', to: 'second/model' }])
    // What was tried before stays in its history, and the person is still asked about the key.
    expect(h.db.all('SELECT error FROM attempts').length).toBeGreaterThan(0)
    expect(h.store.read((tx) => tx.lane('first', 'env')).needsPerson).toBe(true)
  })

  it('are waited for until the last of them has come back and the cap has room for another way', async () => {
    for (const jobs of [2, 3, 4]) {
      const micros = Math.floor((jobs * 100_000) / 2)
      const { second, counts } = await tell({
        submits: REFUSED,
        ways: waysTo(['first', 'second'], micros),
        plan: { jobs, cap: { micros: jobs * 100_000, currency: 'USD' } },
      })
      expect([second.bill.length, counts.succeeded]).toEqual([2, 2])
    }
  })

  it('go the next way when nobody is reached twice, and not after one lost connection', async () => {
    const once = await tell({ submits: ['notSent'], plan: { jobs: 1 } })
    expect([once.first.bill.length, once.second.bill.length]).toEqual([1, 0])
    const out = await tell({ submits: OUT })
    expect(out.counts).toMatchObject({ succeeded: 6 })
    expect([out.first.bill.length, out.second.bill.length]).toEqual([0, 6])
    expect(out.moved[0]).toContain('first cannot be reached')
  })

  it('stay where they are unless the person allows it, and where their row named the provider', async () => {
    const off = { ...waysTo(['first', 'second']), isOn: () => false }
    const asked = await tell({ submits: REFUSED, ways: off })
    expect([asked.counts.waiting + asked.counts.queued, asked.second.creates.length]).toEqual([
      6, 0,
    ])
    const named = await tell({ submits: REFUSED, plan: { anyWay: false } })
    expect([named.counts.waiting + named.counts.queued, named.second.creates.length]).toEqual([
      6, 0,
    ])
  })

  it('stay when the person paused the lane or the model', async () => {
    for (const target of [{ lane: { provider: 'first' } }, { all: true }] as const) {
      const { second, jobs } = await tell({ before: (h) => h.commands.pause(target) })
      expect(second.creates).toEqual([])
      expect(jobs.every(({ provider }) => provider === 'first')).toBe(true)
    }
  })

  it('stay while money is in doubt there, and a request that may have left never moves', async () => {
    const { first, second, jobs } = await tell({
      submits: ['loseBefore', 'acceptAndLose', 'loseBefore', 'loseBefore', ...REFUSED],
    })
    const sent = jobs.filter(({ intentNo }) => intentNo > 0 && first.creates.length > 0)
    expect(sent.length).toBeGreaterThan(0)
    for (const job of jobs.filter(({ id }) =>
      first.creates.some((key) => key.startsWith(`${id}:`)),
    ))
      if (job.status === 'needsYou') expect(job.moves).toEqual([])
    neverTwice([first, second])
  })

  it('stay when a render of theirs failed there: something of them has left', async () => {
    const { second, jobs } = await tell({
      submits: ['accept', ...REFUSED],
      looks: ['fail'],
      plan: { jobs: 1 },
    })
    expect(second.creates).toEqual([])
    expect(jobs).toMatchObject([{ status: 'waiting', provider: 'first', intentNo: 2 }])
  })

  it('go as many as the other way takes at once, and the rest waits for its turn there', async () => {
    const { second, counts, moved } = await tell({ submits: REFUSED, concurrency: 1 })
    expect(counts).toMatchObject({ succeeded: 6 })
    expect(second.bill).toHaveLength(6)
    expect(moved).toHaveLength(6)
  })

  it('go no way that a cap or an unknown price forbids, and say why', async () => {
    const dear = await tell({
      submits: REFUSED,
      ways: waysTo(['first', 'second'], 400_000),
      plan: { cap: { micros: 1_000_000, currency: 'USD' } },
    })
    expect(dear.second.bill).toHaveLength(2)
    const [part] = dear.h.runner.blocked()
    expect(part?.detail).toContain(
      'not moved to second: it costs $0.40, above what is left of the batch cap of $1.00',
    )
    expect(dear.moved[0]).toContain('($0.40 instead of $0.10)')
    const unpriced = await tell({ submits: REFUSED, ways: waysTo(['first', 'second'], null) })
    expect(unpriced.second.bill).toEqual([])
    expect(unpriced.h.runner.blocked()[0]?.detail).toContain('its price is not known')
  })

  it('go no way that would make another clip', async () => {
    const ways: OtherWays = {
      isOn: () => true,
      of: () => [{ provider: 'second', route: 'second/model', request: err('it makes 6 s') }],
    }
    const { second, h } = await tell({ submits: REFUSED, ways })
    expect(second.creates).toEqual([])
    expect(h.runner.blocked()[0]?.detail).toContain('not moved to second: it makes 6 s')
  })

  it('come back when the other way is held in its turn and theirs works again', async () => {
    const { h, first, second } = await tell({
      submits: REFUSED.slice(0, 4),
      others: ['accept', 'accept', ...REFUSED],
      concurrency: 2,
    })
    expect(second.bill).toHaveLength(2)
    await h.commands.resume({ lane: { provider: 'first' } })
    await h.settle()
    expect(first.bill).toHaveLength(4)
    expect(h.store.read((tx) => tx.counts(null))).toMatchObject({ succeeded: 6 })
  })
})

describe('jobs of a model that failed alike', () => {
  it('go the next way, since the model is held there', async () => {
    const submits: SubmitScript[] = Array.from({ length: 9 }, () => 'refuse400')
    const { counts, moved, second } = await tell({ submits, plan: { jobs: 12 } })
    // Those that failed at once, four at a time, stay failed: nobody sends them again by itself.
    expect(counts.failed).toBeLessThan(9)
    expect(second.bill).toHaveLength(12 - counts.failed)
    expect(moved[0]).toContain('Model failed alike too often on first')
  })

  it('say on each row that stays why it goes no other way', async () => {
    const submits: SubmitScript[] = Array.from({ length: 9 }, () => 'refuse400')
    const ways = waysTo(['first', 'second'], 9_000_000)
    const cap = { micros: 5_000_000, currency: 'USD' }
    const { h, jobs, second } = await tell({ submits, ways, plan: { jobs: 12, cap } })
    expect(second.bill).toEqual([])
    const { db, ctx, runner } = h
    const reasonOf = reasonsNow({
      db,
      now: ctx.clock.now,
      providers: ctx.providers,
      blocked: (batchId, provider) =>
        runner.blocked().find((part) => part.batchId === batchId && part.provider === provider) ??
        null,
    })
    const held = jobs.filter(({ status }) => status === 'queued' || status === 'waiting')
    expect(held.length).toBeGreaterThan(0)
    for (const job of held)
      expect(reasonOf(job).reason).toMatch(
        /^Model on first failed \d times alike and is held: .*; not moved to second: it costs \$9.00/,
      )
  })
})

const story = fc.record({
  submits: fc.array(
    fc.constantFrom<SubmitScript>(
      'accept',
      'acceptAndLose',
      'loseBefore',
      'notSent',
      'notSent',
      'refuse401',
      'refuse429',
      'refuse503',
    ),
    { maxLength: 12 },
  ),
  others: fc.array(
    fc.constantFrom<SubmitScript>('accept', 'acceptAndLose', 'notSent', 'refuse401'),
    {
      maxLength: 6,
    },
  ),
  looks: fc.array(fc.constantFrom<CheckScript>('running', 'unreachable', 'succeed'), {
    minLength: 1,
    maxLength: 3,
  }),
  kills: fc.array(fc.integer({ min: 1, max: 160 }), { maxLength: 5 }),
})
type Told = typeof story extends fc.Arbitrary<infer T> ? T : never

const HOUR = 3_600_000

async function play({ submits, others, looks, kills }: Told) {
  const clock = fakeClock()
  const db = memoryDatabase()
  const providerOf = (id: string, script: SubmitScript[]): ScriptedProvider =>
    scriptedProvider({
      id,
      idempotency: 'none',
      list: true,
      now: clock.now,
      nextSubmit: () => script.shift() ?? 'accept',
      checks: () => [...looks, 'succeed'],
    })
  const provider = providerOf('first', [...submits])
  const second = providerOf('second', [...others])
  const otherWays = waysTo(['first', 'second'])
  const common = { clock, db, provider, others: [second], otherWays }
  const plan = planOf({ jobs: 6, provider: 'first', anyWay: true })
  for (const [index, killAt] of [...kills, undefined].entries()) {
    const limits = killAt === undefined ? {} : { killAt }
    const h = await startQueue({ ...common, run: index + 1, ...limits })
    if (db.all('SELECT id FROM batches').length === 0) void h.commands.admit(plan, { again: false })
    await h.until(() => false, HOUR)
    // What was held is right again in the end.
    if (killAt === undefined) {
      for (const id of ['first', 'second']) await h.commands.resume({ lane: { provider: id } })
      await h.until(() => false, 2 * HOUR)
    }
    h.kill()
  }
  return { providers: [provider, second], db }
}

describe('an engine that is killed anywhere while jobs go another way', () => {
  it('never has one job made twice, by whichever way, and loses none', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const { providers, db } = await play(told)
        neverTwice(providers)
        nothingLost(providers, db)
      }),
      { numRuns: 40 },
    )
  })
})

/** No render of a job fails in these stories: it is paid for once, whichever way it went. */
function neverTwice(providers: readonly ScriptedProvider[]): void {
  const jobs = providers.flatMap(({ bill }) => bill.map(({ key }) => key.split(':')[0]))
  expect(new Set(jobs).size).toBe(jobs.length)
  const creates = providers.flatMap((provider) => provider.creates)
  expect(new Set(creates).size).toBe(creates.length)
}

function nothingLost(providers: readonly ScriptedProvider[], db: SqlDatabase): void {
  for (const { id, bill } of providers)
    for (const render of bill) {
      const owners = db.all('SELECT jobId FROM operations WHERE provider = ? AND operationId = ?', [
        id,
        render.id,
      ])
      if (owners.length > 0) expect(owners).toHaveLength(1)
      else {
        const intent = db.get('SELECT outcome, provider FROM intents WHERE id = ?', [render.key])
        expect(intent).toEqual({ outcome: 'unknown', provider: id })
      }
    }
  const takes = Number(db.get('SELECT count(*) AS n FROM takes')?.['n'])
  const confirmed = db.get(
    "SELECT coalesce(sum(micros), 0) AS micros FROM charges WHERE state = 'confirmed'",
  )
  expect(confirmed).toEqual({ micros: takes * 100_000 })
}
