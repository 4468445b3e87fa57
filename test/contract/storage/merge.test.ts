import { copyFileSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { charges } from '../../../src/main/storage/jobStore/charges.ts'
import { intents } from '../../../src/main/storage/jobStore/intents.ts'
import { jobRows } from '../../../src/main/storage/jobStore/jobRows.ts'
import { previousJournal } from '../../../src/main/storage/journal/rotateJournal.ts'
import { revisionsFrom } from '../../../src/main/storage/revisions.ts'
import type { SqlDatabase } from '../../../src/main/storage/sqlite.ts'
import type { AppPaths } from '../../../src/main/storage/appPaths.ts'
import type { Storage } from '../../../src/main/storage/openStorage.ts'
import { dataFolder, NOW, openBoth } from '../../helpers/storage/dataFolder.ts'
import { admit, jobIdFor, plannedJob, planOf } from '../../helpers/storage/fillQueue.ts'
import { intentIdFor, newIntent } from '../../helpers/storage/journalLines.ts'

const COST = { micros: 500_000, currency: 'USD', estimated: true }

/** An engine that has admitted `jobs` jobs and ended; and the folder it did that in. */
async function admitted(jobs = 3): Promise<AppPaths> {
  const paths = dataFolder()
  const storage = await openBoth(paths)
  await admit(storage.db, planOf(Array.from({ length: jobs }, (_, i) => plannedJob(i + 2))))
  await storage.close()
  return paths
}

/** The database's part of a claim and its intent. */
function claim(db: SqlDatabase, n: number): void {
  const rows = jobRows(db, revisionsFrom(db))
  const job = rows.updateJob(jobIdFor(n), {
    status: 'running',
    step: 'submit',
    lease: 1,
    credential: 'env',
    intentNo: 1,
    intentId: intentIdFor(n),
  })
  const periods = { night: '2026-11-22', month: '2026-11' }
  charges(db).addCharge({ intentId: intentIdFor(n), job, amount: COST, periods, at: NOW })
  intents(db).insertIntent({ ...newIntent(n), job })
}

const send = ({ journal }: Storage, n: number) =>
  journal.intent({ intent: newIntent(n), reservation: COST })
const accept = ({ journal }: Storage, n: number, id = `op${n}`) =>
  journal.outcome({
    intentId: intentIdFor(n),
    outcome: 'accepted',
    operation: { id, version: 1, data: { id } },
    at: NOW,
  })
const jobOf = (db: SqlDatabase, n: number) => jobRows(db, revisionsFrom(db)).job(jobIdFor(n))
const pending = (db: SqlDatabase) =>
  db.get("SELECT value FROM meta WHERE key = 'mergePending'")?.['value']

test('nothing to merge: nothing changes and nobody is asked', async () => {
  const paths = await admitted()
  const storage = await openBoth(paths)
  expect(storage.start).toMatchObject({ plan: { kind: 'same' }, torn: 0, problems: [] })
  expect(pending(storage.db)).toBeUndefined()
  await storage.close()
})

describe('what a crash leaves merges without asking (money rule 13)', () => {
  test('an answer that only the journal heard goes to its job', async () => {
    const paths = await admitted()
    const dying = await openBoth(paths)
    dying.group.writeNow((db) => claim(db, 1))
    await send(dying, 1)
    await accept(dying, 1)
    await dying.close()
    const storage = await openBoth(paths)
    expect(storage.start).toMatchObject({ plan: { kind: 'trailing' }, merged: { attached: 1 } })
    expect(pending(storage.db)).toBeUndefined()
    expect(jobOf(storage.db, 1)).toMatchObject({
      status: 'running',
      step: 'poll',
      lease: null,
      runAt: NOW,
      operation: { id: 'op1', data: { id: 'op1' } },
    })
    expect(storage.db.get('SELECT outcome, body, settledBy FROM intents')).toEqual({
      outcome: 'accepted',
      body: null,
      settledBy: 'recovery',
    })
    expect(storage.db.get('SELECT state FROM charges')).toEqual({ state: 'reserved' })
    await storage.close()
  })

  test('an intent that only the database knows is told to the journal', async () => {
    const paths = await admitted()
    const dying = await openBoth(paths)
    dying.group.writeNow((db) => claim(db, 1))
    await dying.close()
    const second = await openBoth(paths)
    expect(second.start.plan).toEqual({ kind: 'journalOlder', missing: [intentIdFor(1)] })
    expect(pending(second.db)).toBeUndefined()
    await second.close()
    const third = await openBoth(paths)
    expect(third.start.plan).toEqual({ kind: 'same' })
    await third.close()
    const lines = readFileSync(paths.journal, 'utf8')
      .split('\n')
      .filter((line) => line.includes('"intent"'))
    expect(lines).toHaveLength(1)
    expect(lines[0]).toContain(`"reservation":${JSON.stringify(COST)}`)
  })

  test('a refusal that only the journal heard puts the job back, its money free', async () => {
    const paths = await admitted()
    const dying = await openBoth(paths)
    dying.group.writeNow((db) => claim(db, 2))
    await send(dying, 2)
    await dying.journal.outcome({
      intentId: intentIdFor(2),
      outcome: 'refused',
      operation: null,
      at: NOW,
    })
    await dying.close()
    const storage = await openBoth(paths)
    expect(jobOf(storage.db, 2)).toMatchObject({
      status: 'waiting',
      step: 'submit',
      lease: null,
      intentNo: 1,
    })
    expect(storage.db.get('SELECT state FROM charges')).toEqual({ state: 'released' })
    await storage.close()
  })

  test('a removed journal is begun again from what the database holds', async () => {
    const paths = await admitted()
    const first = await openBoth(paths)
    first.group.writeNow((db) => claim(db, 1))
    await send(first, 1)
    await first.close()
    rmSync(paths.journal)
    const storage = await openBoth(paths)
    expect(storage.start.plan).toEqual({ kind: 'journalOlder', missing: [intentIdFor(1)] })
    expect(pending(storage.db)).toBeUndefined()
    await storage.close()
  })
})

describe('an earlier database put back is merged and shown to the person', () => {
  /** Puts the database of before back, after `work` was done and only the journal remembers it. */
  async function restored(
    paths: AppPaths,
    work: (storage: Storage) => Promise<void>,
  ): Promise<Storage> {
    const kept = `${paths.dataDir}/kept.db`
    const storage = await openBoth(paths)
    storage.db.exec(`VACUUM INTO '${kept}'`)
    await storage.close()
    const later = await openBoth(paths)
    await work(later)
    await later.close()
    for (const end of ['', '-wal', '-shm']) rmSync(`${paths.database}${end}`, { force: true })
    copyFileSync(kept, paths.database)
    return openBoth(paths)
  }

  test('queued jobs get their operations; unanswered creates are asked about', async () => {
    const paths = await admitted()
    const storage = await restored(paths, async (later) => {
      await send(later, 1)
      await accept(later, 1)
      await send(later, 2)
    })
    expect(storage.start).toMatchObject({
      plan: { kind: 'databaseOlder' },
      merged: { attached: 1, unknown: 1, recreated: 0 },
    })
    expect(pending(storage.db)).toContain('older than the journal')
    expect(jobOf(storage.db, 1)).toMatchObject({
      status: 'running',
      step: 'poll',
      operation: { id: 'op1' },
    })
    expect(jobOf(storage.db, 2)).toMatchObject({
      status: 'running',
      step: 'submit',
      intentNo: 1,
      intentId: intentIdFor(2),
    })
    expect(jobOf(storage.db, 3)).toMatchObject({ status: 'queued', intentNo: 0 })
    expect(
      storage.db.all('SELECT intentId, state, micros, night FROM charges ORDER BY intentId'),
    ).toMatchObject([
      { intentId: intentIdFor(1), state: 'reserved', micros: 500_000 },
      { intentId: intentIdFor(2), state: 'indeterminate', micros: 500_000 },
    ])
    expect(
      storage.db.get("SELECT reserved, indeterminate FROM charge_totals WHERE scope = 'batch'"),
    ).toEqual({ reserved: 500_000, indeterminate: 500_000 })
    expect(storage.db.get("SELECT outcome, nextLookAt FROM intents WHERE jobId LIKE '%2'")).toEqual(
      { outcome: 'unknown', nextLookAt: NOW },
    )
    await storage.close()
    const again = await openBoth(paths)
    expect(again.start.plan).toEqual({ kind: 'same' })
    expect(pending(again.db)).toContain('older than the journal')
    await again.close()
  })

  test('what went another way to its model since is looked for there, as a question', async () => {
    const paths = await admitted()
    const elsewhere = (n: number) => {
      const { job, ...intent } = newIntent(n)
      const way = { provider: 'replicate', route: 'replicate/kling-v3' }
      return { intent: { ...intent, job: { ...job, ...way } }, reservation: COST }
    }
    const storage = await restored(paths, async (later) => {
      await later.journal.intent(elsewhere(1))
      await accept(later, 1)
      await later.journal.intent(elsewhere(2))
    })
    const there = { status: 'needsYou', provider: 'replicate', route: 'replicate/kling-v3' }
    const code = 'recoveredFromJournal'
    expect(jobOf(storage.db, 1)).toMatchObject({
      ...there,
      operation: { id: 'op1' },
      needsYou: { code, actions: ['retryDownload', 'giveUp'] },
    })
    // Never to be sent again: what would be sent is the other way's.
    expect(jobOf(storage.db, 2)).toMatchObject({
      ...there,
      operation: null,
      needsYou: { code, actions: ['adopt', 'giveUp'] },
    })
    expect(storage.db.all('SELECT provider FROM operations')).toEqual([{ provider: 'replicate' }])
    await storage.close()
  })

  test.for(['USD', 'EUR'])(
    'what was billed for a job without a price counts again, in %s',
    async (currency) => {
      const paths = await admitted()
      const storage = await restored(paths, async (later) => {
        await later.journal.intent({ intent: newIntent(1), reservation: { ...COST, micros: 0 } })
        await accept(later, 1)
        const money = { micros: 300_000, currency, estimated: false }
        const of = { intentId: intentIdFor(1), at: NOW }
        await later.journal.ledger({ ...of, state: 'confirmed', money })
      })
      const counted =
        "SELECT currency, confirmed FROM charge_totals WHERE scope = 'batch' AND confirmed > 0"
      expect(storage.db.all(counted)).toEqual([{ currency, confirmed: 300_000 }])
      await storage.close()
    },
  )

  test('jobs that the database never had are made again, as questions', async () => {
    const paths = dataFolder()
    const storage = await restored(paths, async (later) => {
      await admit(later.db, planOf([plannedJob(2), plannedJob(3), plannedJob(4)]))
      await send(later, 1)
      await accept(later, 1)
      await send(later, 2)
      await send(later, 3)
      await later.journal.outcome({
        intentId: intentIdFor(3),
        outcome: 'notSent',
        operation: null,
        at: NOW,
      })
    })
    expect(storage.start.merged).toEqual({ attached: 1, unknown: 1, recreated: 2 })
    expect(jobOf(storage.db, 1)).toMatchObject({
      status: 'needsYou',
      step: 'poll',
      prompt: 'a harbour at dawn, 1',
      route: 'fal/kling-v3',
      operation: { id: 'op1' },
      needsYou: { code: 'recoveredFromJournal', actions: ['retryDownload', 'giveUp'] },
    })
    expect(jobOf(storage.db, 2)).toMatchObject({
      status: 'needsYou',
      step: 'submit',
      operation: null,
      needsYou: { actions: ['adopt', 'giveUp'] },
    })
    expect(jobOf(storage.db, 3)).toBeNull() // never left: nothing to come back for
    expect(jobRows(storage.db, revisionsFrom(storage.db)).request(jobIdFor(1))).toMatchObject({
      endpoint: 'kling/v3',
    })
    expect(storage.db.get('SELECT id, outDir FROM batches')).toEqual({
      id: 'batch_0001',
      outDir: paths.media,
    })
    expect(storage.db.get("SELECT n FROM job_counts WHERE status = 'needsYou'")).toEqual({ n: 2 })
    await storage.close()
  })

  test('a deleted database is filled again from the journal alone', async () => {
    const paths = await admitted(1)
    const first = await openBoth(paths)
    await send(first, 1)
    await accept(first, 1)
    await first.close()
    for (const end of ['', '-wal', '-shm']) rmSync(`${paths.database}${end}`, { force: true })
    const storage = await openBoth(paths)
    expect(storage.start.plan.kind).toBe('databaseOlder')
    expect(jobOf(storage.db, 1)).toMatchObject({ status: 'needsYou', operation: { id: 'op1' } })
    await storage.close()
  })
})

test('two stories about one create: both operations are kept and the person is told', async () => {
  const paths = await admitted()
  const first = await openBoth(paths)
  first.group.writeNow((db) => {
    claim(db, 1)
    const job = jobOf(db, 1)
    if (job === null) throw new Error('no job')
    const operation = { id: 'theirs', version: 1, data: null }
    intents(db).addOperation({ job, intentId: intentIdFor(1), operation, at: NOW })
    intents(db).updateIntent(intentIdFor(1), { outcome: 'accepted', settledAt: NOW })
    jobRows(db, revisionsFrom(db)).updateJob(job.id, { operation, step: 'poll' })
  })
  await send(first, 1)
  await accept(first, 1, 'ours')
  await first.close()
  const storage = await openBoth(paths)
  expect(storage.start.plan).toMatchObject({
    kind: 'conflict',
    conflicts: [{ journalOperationId: 'ours', databaseOperationId: 'theirs' }],
  })
  expect(pending(storage.db)).toContain('ours')
  expect(jobOf(storage.db, 1)).toMatchObject({ operation: { id: 'theirs' } })
  expect(storage.db.all('SELECT operationId, jobId FROM operations ORDER BY operationId')).toEqual([
    { operationId: 'ours', jobId: 'job_new00001' },
    { operationId: 'theirs', jobId: jobIdFor(1) },
  ])
  await storage.close()
  const again = await openBoth(paths)
  expect(again.start.plan.kind).toBe('same')
  await again.close()
})

test('a long journal is put aside; what is open and the generation go on into the new one', async () => {
  const paths = await admitted()
  const first = await openBoth(paths)
  first.group.writeNow((db) => claim(db, 1))
  await send(first, 1)
  const done = Array.from({ length: 3000 }, (_, n) => 100 + n)
  first.group.writeNow((db) => {
    for (const n of done) {
      db.run(
        `INSERT INTO intents (id, jobId, intentNo, version, provider, credential, endpoint, url, headers, bodySha256, fingerprint, submitStartedAt, lastSentAt, outcome)
         VALUES (?, ?, 1, 1, 'fal', 'env', '', '', '{}', '', '', 0, 0, 'notSent')`,
        [intentIdFor(n), jobIdFor(n)],
      )
    }
  })
  const end = { outcome: 'notSent', operation: null, at: NOW } as const
  await Promise.all(
    done.flatMap((n) => [
      send(first, n),
      first.journal.outcome({ intentId: intentIdFor(n), ...end }),
    ]),
  )
  await first.close()
  const second = await openBoth(paths)
  await second.close()
  expect(existsSync(previousJournal(paths.journal))).toBe(true)
  const lines = readFileSync(paths.journal, 'utf8')
    .split('\n')
    .filter((line) => line !== '')
  expect(lines.map((line) => (JSON.parse(line) as { kind: string }).kind)).toEqual([
    'intent',
    'run',
    'run',
  ])
  const third = await openBoth(paths)
  expect(third.start.plan).toEqual({ kind: 'same' })
  await third.close()
})

test('damage in the middle of the journal is reported, and does not stop the start', async () => {
  const paths = await admitted()
  const first = await openBoth(paths)
  for (const n of [1, 2, 3]) first.group.writeNow((db) => claim(db, n))
  for (const n of [1, 2, 3]) await send(first, n)
  await first.close()
  writeFileSync(paths.journal, readFileSync(paths.journal, 'utf8').replace('"row":2', '"row":9'))
  const storage = await openBoth(paths)
  expect(storage.start.problems).toMatchObject([{ code: 'damaged' }])
  expect(storage.start.plan).toMatchObject({ kind: 'journalOlder', missing: [intentIdFor(2)] })
  await storage.close()
})
