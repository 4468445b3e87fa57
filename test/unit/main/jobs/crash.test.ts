import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { fakeClock } from '../../../helpers/fakeClock.ts'
import {
  memoryDatabase,
  planOf,
  startQueue,
  type QueueHarness,
} from '../../../helpers/queueHarness.ts'
import {
  scriptedProvider,
  type CheckScript,
  type ScriptedProvider,
  type SubmitScript,
} from '../../../helpers/scriptedProvider.ts'
import { groupBy } from '../../../../src/shared/domain/groupBy.ts'
import type { SqlDatabase } from '../../../../src/main/storage/sqlite.ts'

const someSubmits = fc.array(
  fc.constantFrom<SubmitScript>(
    'accept',
    'accept',
    'accept',
    'acceptAndLose',
    'loseBefore',
    'notSent',
    'refuse429',
    'refuse503',
  ),
  { maxLength: 30 },
)
const someLooks = fc.array(
  fc.array(fc.constantFrom<CheckScript>('running', 'unreachable', 'succeed', 'fail'), {
    minLength: 1,
    maxLength: 4,
  }),
  { minLength: 1, maxLength: 6 },
)
const story = fc.record({
  submits: someSubmits,
  looks: someLooks,
  idempotency: fc.constantFrom<'key' | 'none'>('key', 'none'),
  listLag: fc.integer({ min: 0, max: 3 }),
  twins: fc.boolean(),
  paid: fc.boolean(),
  /** What a person does in the end about all that is asked, or under way. */
  person: fc.constantFrom('nothing', 'sendAgain', 'giveUp', 'cancel'),
  /** Where each engine run dies; the last one lives. */
  kills: fc.array(fc.integer({ min: 1, max: 160 }), { maxLength: 5 }),
})
type Story = typeof story extends fc.Arbitrary<infer T> ? T : never

const JOBS = 6
const HOUR = 3_600_000

async function play({
  submits,
  looks,
  idempotency,
  listLag,
  twins,
  paid,
  person,
  kills,
}: Story): Promise<{ provider: ScriptedProvider; db: SqlDatabase; journal: readonly string[] }> {
  const clock = fakeClock()
  const db = memoryDatabase()
  const journal: string[] = []
  const script = [...submits]
  let render = 0
  const provider = scriptedProvider({
    idempotency,
    list: true,
    listLag,
    paid,
    now: clock.now,
    nextSubmit: () => script.shift() ?? 'accept',
    checks: () => [...(looks[render++ % looks.length] ?? []), 'succeed'],
  })
  const first = await startQueue({
    clock,
    provider,
    db,
    ...(kills[0] === undefined ? {} : { killAt: kills[0] }),
  })
  void first.commands.admit(planOf({ jobs: JOBS, twins }), { again: false })
  await first.until(() => false, HOUR)
  first.kill()
  journal.push(...first.journal)
  for (const [index, killAt] of [...kills.slice(1), undefined].entries()) {
    const next = await startQueue({
      clock,
      provider,
      db,
      run: index + 2,
      ...(killAt === undefined ? {} : { killAt }),
    })
    if (killAt === undefined) {
      await next.until(() => false, HOUR / 4)
      await decide(next, person)
    }
    await next.until(() => false, killAt === undefined ? 2 * HOUR : HOUR)
    next.kill()
    journal.push(...next.journal)
  }
  return { provider, db, journal }
}

async function decide({ commands, store }: QueueHarness, person: Story['person']): Promise<void> {
  if (person === 'cancel') await commands.cancel({ all: true })
  const asked = store.read((tx) => tx.jobsOf('all', { open: true }))
  if (person !== 'sendAgain' && person !== 'giveUp') return
  for (const { id, status } of asked)
    if (status === 'needsYou') await commands.resolve(id, { kind: person })
}

describe('an engine that is killed anywhere, any number of times', () => {
  it('never pays twice, never loses a paid clip, and keeps a ledger that adds up', async () => {
    await fc.assert(
      fc.asyncProperty(story, async (told) => {
        const { provider, db, journal } = await play(told)
        nothingSentTwice(told, provider)
        nothingPaidTwice(told, { provider, db })
        nothingLost(provider, db)
        ledgerAddsUp(db)
        nothingToldOfWhatNeverWas(db, journal)
      }),
      { numRuns: 105 },
    )
  })
})

function nothingSentTwice(told: Story, provider: ScriptedProvider): void {
  expect(new Set(provider.bill.map(({ key }) => key)).size).toBe(provider.bill.length)
  if (told.idempotency === 'none')
    expect(new Set(provider.creates).size).toBe(provider.creates.length)
}

/** A job is paid for once, and once more where the person sent it again; what failed cost nothing. */
function nothingPaidTwice(
  { person, twins }: Story,
  { provider, db }: { readonly provider: ScriptedProvider; readonly db: SqlDatabase },
): void {
  const released =
    "SELECT operationId FROM operations o JOIN charges c ON c.intentId = o.intentId WHERE c.state = 'released'"
  const failed = db.all(released).map(({ operationId }) => operationId)
  const paid = provider.bill.filter(({ id }) => !failed.includes(id))
  // Twins may have each other's renders.
  const owner = (key: string): string => (twins ? 'any' : (key.split(':')[0] ?? ''))
  const times = (person === 'sendAgain' ? 2 : 1) * (twins ? JOBS : 1)
  for (const renders of groupBy(paid, ({ key }) => owner(key)).values())
    expect(renders.length).toBeLessThanOrEqual(times)
}

/** Each accepted create is one delivered take, one failure that the provider confirmed, or one open question. */
function nothingLost(provider: ScriptedProvider, db: SqlDatabase): void {
  expect(db.all("SELECT id, step, lease, runAt, error FROM jobs WHERE status = 'running'")).toEqual(
    [],
  )
  for (const render of provider.bill) {
    const owners = db.all('SELECT jobId FROM operations WHERE operationId = ?', [render.id])
    if (owners.length === 0) {
      const intent = db.get('SELECT outcome FROM intents WHERE id = ?', [render.key])
      expect(intent?.['outcome'], `${render.id} was lost`).toBe('unknown')
    } else {
      expect(owners, `${render.id} belongs to two jobs`).toHaveLength(1)
      const takes = db.all('SELECT id FROM takes WHERE jobId = ?', [String(owners[0]?.['jobId'])])
      expect(takes.length).toBeLessThanOrEqual(1)
    }
  }
}

function ledgerAddsUp(db: SqlDatabase): void {
  const sum = (state: string): string =>
    `coalesce(sum(iif(state = '${state}', micros, 0)), 0) AS ${state}`
  const sums = db.get(
    `SELECT ${sum('reserved')}, ${sum('confirmed')}, ${sum('indeterminate')} FROM charges`,
  )
  const totals = db.get(
    "SELECT reserved, confirmed, indeterminate FROM charge_totals WHERE scope = 'batch'",
  )
  if (totals !== undefined) expect(totals).toEqual(sums)
  const takes = Number(db.get('SELECT count(*) AS n FROM takes')?.['n'])
  expect(sums).toMatchObject({ reserved: 0, confirmed: takes * 100_000 })
}

/** A line about an intent that neither memory holds looks like an older database at the next start. */
function nothingToldOfWhatNeverWas(db: SqlDatabase, journal: readonly string[]): void {
  const intents = new Set(db.all('SELECT id FROM intents').map(({ id }) => id))
  expect(journal.filter((line) => !intents.has(line.split(' ')[1] ?? null))).toEqual([])
}
