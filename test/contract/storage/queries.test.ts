import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  JOB_STATUSES,
  NEEDS_SHOWN,
  type JobStatus,
  type JobView,
} from '../../../src/shared/domain/job.ts'
import type { Money } from '../../../src/shared/domain/money.ts'
import type { JobFilter, Page } from '../../../src/shared/domain/views.ts'
import { readNeeds } from '../../../src/main/ipc/readNeeds.ts'
import { MIGRATIONS } from '../../../src/main/storage/migrations/index.ts'
import { createQueries } from '../../../src/main/storage/queries/queries.ts'
import { connect, type SqlDatabase } from '../../../src/main/storage/sqlite.ts'
import { NOW } from '../../helpers/storage/dataFolder.ts'
import { admit, jobIdFor, plannedJob, planOf } from '../../helpers/storage/fillQueue.ts'

function memory(): SqlDatabase {
  const db = connect(':memory:')
  for (const { sql } of MIGRATIONS) db.exec(sql)
  return db
}
const TRAITS = { lane: { concurrency: 4, createsPerMinute: null }, keyVariable: 'FAL_KEY' }
const queriesOf = (db: SqlDatabase) =>
  createQueries({
    db,
    now: () => NOW,
    providers: new Map([['fal', { name: 'fal.ai', traits: TRAITS }]]),
    blocked: () => null,
  })

/** Follows `next` to the end. */
function allPages<T>(read: (after: string | null) => Page<T>): T[] {
  const rows: T[] = []
  let after: string | null = null
  for (let guard = 0; guard < 1000; guard += 1) {
    const page: Page<T> = read(after)
    rows.push(...page.rows)
    if (page.next === null) return rows
    after = page.next
  }
  throw new Error('the pages never end')
}

const money = (micros: number, currency = 'USD'): Money => ({ micros, currency, estimated: false })

interface Made {
  readonly batch: number
  readonly status: JobStatus
  readonly provider: string
  readonly prompt: string
  readonly position: number
  readonly hidden: boolean
}
const someJobs = fc.array(
  fc.record<Made>({
    batch: fc.integer({ min: 1, max: 4 }),
    status: fc.constantFrom(...JOB_STATUSES),
    provider: fc.constantFrom('fal', 'replicate'),
    prompt: fc.constantFrom(
      'Quiet harbour',
      'a 100% wool_en coat',
      'ДОМ у реки',
      'дом',
      'plain\\path',
    ),
    position: fc.integer({ min: 0, max: 3 }),
    hidden: fc.boolean(),
  }),
  { maxLength: 40 },
)
const someFilter = fc.record<JobFilter>(
  {
    batchId: fc.constantFrom('batch_0001' as const, 'batch_0003' as const),
    statuses: fc.subarray([...JOB_STATUSES]),
    provider: fc.constantFrom('fal', 'replicate', 'none'),
    text: fc.constantFrom('harbour', 'HARB', '100%', '_', 'дом', '\\', 'zzz'),
  },
  { requiredKeys: [] },
)

function fill(db: SqlDatabase, jobs: readonly Made[], priorities: readonly number[]): void {
  for (const [index, priority] of priorities.entries()) {
    db.run(
      "INSERT INTO batches (id, seq, name, digest, source, outDir, priority, createdAt, revision) VALUES (?, ?, 'b', 'd', 's', 'o', ?, 0, 0)",
      [`batch_000${index + 1}`, index + 1, priority],
    )
  }
  for (const [index, job] of jobs.entries()) {
    db.run(
      `INSERT INTO jobs (id, batchId, row, take, prompt, provider, model, modelName, route, mode, request, status, runAt, position, hidden, createdAt, revision)
       VALUES (?, ?, 1, 1, ?, ?, 'm', 'M', 'r/m', 'textToVideo', '{}', ?, 0, ?, ?, 0, ?)`,
      [
        jobIdFor(index),
        `batch_000${job.batch}`,
        job.prompt,
        job.provider,
        job.status,
        job.position,
        job.hidden ? 1 : 0,
        index,
      ],
    )
  }
}

/** What the pages must show, by looking at every job. */
function expected(
  jobs: readonly Made[],
  priorities: readonly number[],
  filter: JobFilter,
): string[] {
  const rank = ({ batch }: Made): number => priorities[batch - 1] ?? 0
  return jobs
    .map((job, index) => ({ job, id: jobIdFor(index), index }))
    .filter(({ job }) => !job.hidden)
    .filter(({ job }) => filter.batchId === undefined || filter.batchId === `batch_000${job.batch}`)
    .filter(({ job }) => filter.statuses === undefined || filter.statuses.includes(job.status))
    .filter(({ job }) => filter.provider === undefined || filter.provider === job.provider)
    .filter(({ job }) => job.prompt.toLowerCase().includes((filter.text ?? '').toLowerCase()))
    .toSorted(
      (a, b) =>
        rank(b.job) - rank(a.job) ||
        a.job.batch - b.job.batch ||
        a.job.position - b.job.position ||
        a.index - b.index,
    )
    .map(({ id }) => id)
}

test('pages of any size are the filtered queue in its order, nothing twice, nothing left out', () => {
  const priorities = fc.array(fc.integer({ min: 0, max: 1 }), { minLength: 4, maxLength: 4 })
  fc.assert(
    fc.property(
      someJobs,
      fc.tuple(someFilter, priorities),
      fc.integer({ min: 1, max: 7 }),
      (jobs, [filter, ranks], limit) => {
        const db = memory()
        fill(db, jobs, ranks)
        const queries = queriesOf(db)
        const rows = allPages<JobView>((after) => queries.jobs({ filter, after, limit }))
        expect(rows.map(({ id }) => id)).toEqual(expected(jobs, ranks, filter))
        expect(queries.jobIds(filter)).toEqual(expected(jobs, ranks, filter))
        db.close()
      },
    ),
    { numRuns: 60 },
  )
})

test('counts come from the counters and agree with the rows, also after changes', () => {
  fc.assert(
    fc.property(
      someJobs,
      fc.array(fc.tuple(fc.nat(), fc.constantFrom(...JOB_STATUSES))),
      (jobs, changes) => {
        const db = memory()
        fill(db, jobs, [0, 0, 0, 0])
        for (const [which, status] of changes) {
          db.run('UPDATE jobs SET status = ? WHERE id = ?', [
            status,
            jobIdFor(which % Math.max(1, jobs.length)),
          ])
        }
        const rows = db.all(
          'SELECT status, count(*) AS n FROM jobs WHERE hidden = 0 GROUP BY status',
        )
        const counts = queriesOf(db).counts()
        for (const status of JOB_STATUSES) {
          expect(counts[status]).toBe(
            Number(rows.find((row) => row['status'] === status)?.['n'] ?? 0),
          )
        }
        db.close()
      },
    ),
    { numRuns: 40 },
  )
})

describe('one job', () => {
  test('its panel shows request, warnings, tries and takes', async () => {
    const db = memory()
    const warnings = [
      { field: 'size', behaviour: 'converted' as const, from: '1', to: '2', message: 'nearest' },
    ]
    await admit(db, planOf([plannedJob(2, { warnings })]))
    const error = { kind: 'timeout', code: 'T', message: 'no answer' }
    db.run("INSERT INTO attempts (jobId, step, attempt, at, error) VALUES (?, 'submit', 1, 5, ?)", [
      jobIdFor(1),
      JSON.stringify(error),
    ])
    expect(queriesOf(db).job(jobIdFor(1))).toMatchObject({
      job: { id: jobIdFor(1), status: 'queued', estimate: { micros: 500_000 }, cost: null },
      request: { endpoint: 'kling/v3' },
      warnings,
      attempts: [{ step: 'submit', attempt: 1, at: 5, error }],
      takes: [],
      retryOfJobId: null,
    })
    expect(queriesOf(db).job('job_none')).toBeNull()
  })

  test.each([
    'operation',
    'outputs',
    'error',
    'needsYou',
    'request',
    'warnings',
    'providerState',
    'status',
  ])('one whose %s cannot be read is shown, not dropped, and nothing crashes', async (column) => {
    const db = memory()
    await admit(db, planOf([plannedJob(2), plannedJob(3)]))
    for (const rubbish of ['{', '[]', '"x"', '{"kind":1}']) {
      db.run(`UPDATE jobs SET ${column} = ? WHERE id = ?`, [rubbish, jobIdFor(1)])
      const queries = queriesOf(db)
      expect(queries.job(jobIdFor(1))?.job.id).toBe(jobIdFor(1))
      expect(queries.jobsSince(0, 10)).toHaveLength(2)
      expect(queries.needsYou().length).toBeLessThanOrEqual(1)
    }
  })

  test('a question is listed with its evidence', async () => {
    const db = memory()
    await admit(db, planOf([plannedJob(2)]))
    const note = {
      code: 'submitUnknown',
      message: 'lost',
      evidence: ['e'],
      actions: ['adopt', 'giveUp'],
    }
    db.run("UPDATE jobs SET status = 'needsYou', needsYou = ?", [JSON.stringify(note)])
    expect(queriesOf(db).needsYou()).toMatchObject([{ jobId: jobIdFor(1), row: 2, ...note }])
  })

  // Promise: the page is told of all that need a person, and is handed no more than it shows.
  test('all questions are counted, and as many read as are in view', async () => {
    const db = memory()
    const jobs = Array.from({ length: NEEDS_SHOWN + 3 }, (_, at) => plannedJob(at + 2))
    await admit(db, planOf(jobs))
    const queries = queriesOf(db)
    expect(readNeeds(queries)).toEqual({ count: 0, rows: [] })
    db.run("UPDATE jobs SET status = 'needsYou'")
    const { count, rows } = readNeeds(queries)
    expect(count).toBe(jobs.length)
    expect(rows).toEqual(queries.needsYou().slice(0, NEEDS_SHOWN))
  })

  test('a cursor of another list is refused', () => {
    const queries = queriesOf(memory())
    expect(() => queries.jobs({ filter: {}, after: 'rubbish', limit: 5 })).toThrow(
      'not of this list',
    )
  })
})

describe('batches, money and lanes', () => {
  const charge = (db: SqlDatabase, job: number, held: Money & { state: string }): void => {
    const { state, micros, currency } = held
    db.run(
      `INSERT INTO charges VALUES (?, ?, 'batch_0001', 'fal', ?, ?, ?, ?, 0, '2026-11-22', '2026-11', ?, ?)`,
      [`${jobIdFor(job)}:1`, jobIdFor(job), state, micros, micros, currency, NOW, NOW],
    )
  }

  test('a batch shows its counts, estimate, what is committed and spent', async () => {
    const db = memory()
    await admit(
      db,
      planOf([plannedJob(2), plannedJob(3)], { cap: { micros: 9_000_000, currency: 'USD' } }),
    )
    charge(db, 1, { state: 'confirmed', ...money(400_000) })
    charge(db, 2, { state: 'reserved', ...money(500_000) })
    const [batch] = queriesOf(db).batches({})
    expect(batch).toMatchObject({
      counts: { queued: 2 },
      estimate: { micros: 1_000_000, currency: 'USD', estimated: true },
      committed: { micros: 900_000 },
      spent: { micros: 400_000, estimated: false },
      cap: { micros: 9_000_000 },
      finishedAt: null,
    })
    db.run("UPDATE jobs SET status = 'succeeded', finishedAt = seq * 10, revision = 50 + seq")
    expect(queriesOf(db).batch('batch_0001')).toMatchObject({ finishedAt: 20, revision: 52 })
    expect(queriesOf(db).batches({ unfinishedOnly: true })).toEqual([])
    expect(queriesOf(db).unfinishedBatchByDigest('digest')).toBeNull()
  })

  test('an unpriced job leaves the estimate open', async () => {
    const db = memory()
    await admit(db, planOf([plannedJob(2), plannedJob(3, { estimate: null })]))
    expect(queriesOf(db).batch('batch_0001')?.estimate).toBeNull()
  })

  test('spend is summed per key and currency, confirmed money only', async () => {
    const db = memory()
    await admit(db, planOf([2, 3, 4, 5].map((row) => plannedJob(row))))
    charge(db, 1, { state: 'confirmed', ...money(100) })
    charge(db, 2, { state: 'confirmed', ...money(200) })
    charge(db, 3, { state: 'confirmed', ...money(50, 'EUR') })
    charge(db, 4, { state: 'indeterminate', ...money(900) })
    const usd = { jobs: 2, spent: { micros: 300, currency: 'USD', estimated: false } }
    const eur = { jobs: 1, spent: { micros: 50, currency: 'EUR', estimated: false } }
    for (const [by, key] of [
      ['provider', 'fal'],
      ['model', 'kling-v3'],
      ['batch', 'batch_0001'],
    ] as const) {
      expect(queriesOf(db).spend(by)).toEqual([
        { key, ...usd },
        { key, ...eur },
      ])
    }
    expect(queriesOf(db).spend('day')).toMatchObject([usd, eur])
    expect(queriesOf(db).spend('project')).toEqual([])
    db.run("UPDATE batches SET project = 'Autumn'")
    expect(queriesOf(db).spend('project')).toMatchObject([{ key: 'Autumn' }, { key: 'Autumn' }])
    expect(queriesOf(db).spend('model', 'Autumn')).toMatchObject([usd, eur])
    expect(queriesOf(db).spend('model', 'Spring')).toEqual([])
  })

  test('the strip at the top counts, sums the night and says why nothing is claimed', async () => {
    const db = memory()
    await admit(db, planOf([plannedJob(2)]))
    charge(db, 1, { state: 'reserved', ...money(700) })
    db.run("INSERT INTO caps VALUES ('night', 5000, 'USD', 'UTC')")
    db.run("INSERT INTO meta VALUES ('mergePending', 'look first')")
    expect(queriesOf(db).tonight()).toMatchObject({
      counts: { queued: 1 },
      committed: { micros: 700 },
      spent: null,
      cap: { micros: 5000, currency: 'USD' },
      window: { kind: 'always' },
      expectedFinishAt: null,
      paused: false,
      halted: { code: 'mergePending', message: 'look first' },
    })
  })

  test('the strip sums the night that claims count towards: in the zone of any cap that stands', () => {
    const db = memory()
    // Noon has passed there: a new night has begun.
    db.run("INSERT INTO caps VALUES ('month', 5000, 'USD', 'Pacific/Kiritimati')")
    db.run(
      "INSERT INTO charge_totals (scope, scopeId, currency, reserved) VALUES ('night', '2026-11-23', 'USD', 700)",
    )
    expect(queriesOf(db).tonight()).toMatchObject({ committed: { micros: 700 } })
  })

  test('a lane shows its slots, use and what holds it', async () => {
    const db = memory()
    await admit(db, planOf([2, 3, 4].map((row) => plannedJob(row))))
    db.run("UPDATE jobs SET status = 'running', step = 'poll', credential = 'env' WHERE seq = 1")
    db.run(
      "UPDATE jobs SET status = 'succeeded', credential = 'env', finishedAt = ? WHERE seq = 2",
      [NOW - 1000],
    )
    const reason = { kind: 'rateLimit', code: 'R', message: 'slow down' }
    db.run(
      "INSERT INTO lanes (provider, credential, paused, heldUntil, heldReason, needsPerson, concurrency) VALUES ('fal', 'env', 0, ?, ?, 0, 2)",
      [NOW + 5000, JSON.stringify(reason)],
    )
    // A full disk is no error of the provider.
    db.run(
      `INSERT INTO attempts (jobId, step, attempt, at, error) SELECT id, 'download', 1, ?, '{"kind":"disk"}' FROM jobs WHERE seq = 2`,
      [NOW - 1000],
    )
    expect(queriesOf(db).lanes()).toEqual([
      {
        provider: 'fal',
        providerName: 'fal.ai',
        credential: 'env',
        slots: 2,
        used: 1,
        queued: 1,
        createsPerMinute: null,
        createsLastMinute: 0,
        finishedLastHour: 1,
        errorsLastHour: 0,
        paused: false,
        heldUntil: NOW + 5000,
        needsPerson: false,
        heldReason: reason,
      },
    ])
  })
})
