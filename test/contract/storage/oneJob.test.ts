import { expect, test } from 'vitest'
import { createJobStore } from '../../../src/main/storage/jobStore.ts'
import { CommitGroup } from '../../../src/main/storage/commitGroup.ts'
import { MIGRATIONS } from '../../../src/main/storage/migrations/index.ts'
import { revisionsFrom } from '../../../src/main/storage/revisions.ts'
import { connect, type SqlDatabase } from '../../../src/main/storage/sqlite.ts'
import { admit, jobIdFor, plannedJob, planOf } from '../../helpers/storage/fillQueue.ts'

/** Every statement that is sent, in the order of their first use. */
function listening(db: SqlDatabase): { readonly db: SqlDatabase; readonly said: Set<string> } {
  const said = new Set<string>()
  const noted =
    <A extends readonly unknown[], T>(fn: (sql: string, ...rest: A) => T) =>
    (sql: string, ...rest: A): T => {
      said.add(sql)
      return fn(sql, ...rest)
    }
  return { db: { ...db, run: noted(db.run), get: noted(db.get), all: noted(db.all) }, said }
}

/** `max` over a table without an index for it is called a search, too: of no index. */
const readsAll = (detail: string): boolean => /^(SCAN|SEARCH) (jobs|o)$/.test(detail)

test('a change of one job reads no other batch, however long the queue is', async () => {
  const plain = connect(':memory:')
  for (const { sql } of MIGRATIONS) plain.exec(sql)
  await admit(plain, planOf([1, 2, 3].map((row) => plannedJob(row))))
  const { db, said } = listening(plain)
  const store = createJobStore({
    db,
    group: new CommitGroup(db),
    newTakeId: () => 'take_00000001',
    revisions: revisionsFrom(plain),
  })
  const [copy, retried] = ['job_copy', 'job_retried'] as const
  const further = ['job_further', 'job_furthest'] as const
  const next = await store.write((tx) => {
    const [of, other] = [tx.job(jobIdFor(2)), tx.job(jobIdFor(1))]
    if (of === null || other === null) throw new Error('the queue is empty')
    tx.updateJob(other.id, { status: 'succeeded', position: 1.5 })
    tx.cloneJobs([{ of: of.id, id: copy, at: 1, asRetry: false, asNextTake: true }])
    tx.cloneJobs([{ of: of.id, id: retried, at: 1, asRetry: true }])
    const isRetried = tx.retriedAmong([of.id]).has(of.id)
    tx.forgetRetries([retried])
    const reseed = { field: 'the "seed"', seed: 7 }
    const made = tx.cloneJobs(
      further.map((id) => ({ of: of.id, id, at: 1, asRetry: false, asNextTake: true, reseed })),
    )
    const [hidden] = tx.hideJobs(made.slice(1))
    return {
      isRetried,
      takes: made.map(({ take }) => take),
      seeds: tx.request(further[0]).fields['the "seed"'],
      expected: tx.request(further[1]).expect.seed,
      hidden: hidden !== undefined && tx.current(hidden) === hidden,
      notCopied: tx.notCopied([of.id, copy]).size,
      afterMany: tx.positionsAfter([of.id]).get(of.id),
      after: tx.positionBeside({ of, side: 'after', without: [] }),
      before: tx.positionBeside({ of, side: 'before', without: [] }),
      farther: tx.positionBeside({ of, side: 'after', without: [other.id] }),
      take: tx.job(copy)?.take,
      retriedBy: tx.retriedBy(of.id),
    }
  })
  expect(next).toEqual({
    isRetried: true,
    takes: [3, 4],
    seeds: 7,
    expected: 7,
    hidden: true,
    notCopied: 2,
    afterMany: 1.5,
    after: 1.5,
    before: null,
    farther: 2,
    take: 2,
    retriedBy: null,
  })
  const whole = [...said].filter((sql) =>
    plain.all(`EXPLAIN QUERY PLAN ${sql}`).some(({ detail }) => readsAll(String(detail))),
  )
  // The end of the table itself, which is one look.
  expect(whole).toEqual(['SELECT coalesce(max(seq), 0) AS seq FROM jobs'])
})
