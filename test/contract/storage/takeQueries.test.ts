import fc from 'fast-check'
import { expect, test } from 'vitest'
import { TAKE_FLAGS, type TakeFlag, type TakeView } from '../../../src/shared/domain/take.ts'
import type { Page, TakeFilter } from '../../../src/shared/domain/views.ts'
import { MIGRATIONS } from '../../../src/main/storage/migrations/index.ts'
import { createQueries } from '../../../src/main/storage/queries/queries.ts'
import { connect, type SqlDatabase } from '../../../src/main/storage/sqlite.ts'

interface Made {
  readonly batch: number
  readonly row: number
  readonly take: number
  readonly model: string
  readonly flag: TakeFlag
  readonly rating: number
  readonly seen: boolean
  readonly trashed: boolean
  readonly tags: readonly string[]
}
const someTakes = fc.array(
  fc.record<Made>({
    batch: fc.integer({ min: 1, max: 3 }),
    row: fc.integer({ min: 2, max: 4 }),
    take: fc.integer({ min: 1, max: 3 }),
    model: fc.constantFrom('kling', 'veo'),
    flag: fc.constantFrom(...TAKE_FLAGS),
    rating: fc.integer({ min: 0, max: 5 }),
    seen: fc.boolean(),
    trashed: fc.boolean(),
    tags: fc.subarray(['day', 'night']),
  }),
  { maxLength: 40 },
)
const someFilter = fc.record<TakeFilter>(
  {
    batchId: fc.constantFrom('batch_0001' as const, 'batch_0002' as const),
    project: fc.constant('Autumn'),
    model: fc.constantFrom('kling', 'veo'),
    flags: fc.subarray([...TAKE_FLAGS], { minLength: 1 }),
    minRating: fc.integer({ min: 1, max: 5 }),
    unseen: fc.boolean(),
    tag: fc.constantFrom('day', 'night'),
    text: fc.constantFrom('take 1', 'TAKE'),
    trashed: fc.boolean(),
  },
  { requiredKeys: [] },
)

function fill(takes: readonly Made[]): SqlDatabase {
  const db = connect(':memory:')
  for (const { sql } of MIGRATIONS) db.exec(sql)
  for (const batch of [1, 2, 3]) {
    // Admitted in the other order than they are named.
    db.run(
      "INSERT INTO batches (id, seq, name, digest, source, outDir, createdAt, revision, project) VALUES (?, ?, 'b', 'd', 's', 'o', 0, 0, ?)",
      [`batch_000${batch}`, 4 - batch, batch > 1 ? 'Autumn' : null],
    )
  }
  for (const [index, take] of takes.entries()) {
    db.run(
      `INSERT INTO jobs (id, batchId, row, take, prompt, provider, model, modelName, route, mode, request, status, runAt, position, createdAt, revision)
       VALUES (?, ?, ?, ?, ?, 'fal', ?, 'M', 'r/m', 'textToVideo', '{}', 'succeeded', 0, 1, 0, 0)`,
      [`job_${index}`, `batch_000${take.batch}`, take.row, take.take, `Take ${index}`, take.model],
    )
    db.run(
      `INSERT INTO takes (id, jobId, batchId, outputNo, row, take, prompt, provider, model, modelName, path, bytes, sha256, rating, flag, seenAt, trashedAt, tags, createdAt, revision)
       VALUES (?, ?, ?, 1, ?, ?, ?, 'fal', ?, 'M', ?, 1, '', ?, ?, ?, ?, ?, 0, 0)`,
      [
        idOf(index),
        `job_${index}`,
        `batch_000${take.batch}`,
        take.row,
        take.take,
        `Take ${index}`,
        take.model,
        `/clips/${index}.mp4`,
        take.rating,
        take.flag,
        take.seen ? 1 : null,
        take.trashed ? 1 : null,
        JSON.stringify(take.tags),
      ],
    )
  }
  return db
}
const idOf = (index: number) => `take_${String(index).padStart(4, '0')}`
const queriesOf = (db: SqlDatabase) =>
  createQueries({ db, now: () => 0, providers: new Map(), blocked: () => null })

function matches(take: Made, index: number, filter: TakeFilter): boolean {
  return [
    take.trashed === (filter.trashed ?? false),
    filter.batchId === undefined || filter.batchId === `batch_000${take.batch}`,
    filter.project === undefined || take.batch > 1,
    filter.model === undefined || filter.model === take.model,
    filter.flags === undefined || filter.flags.includes(take.flag),
    filter.minRating === undefined || take.rating >= filter.minRating,
    filter.unseen !== true || !take.seen,
    filter.tag === undefined || take.tags.includes(filter.tag),
    filter.text === undefined || `take ${index}`.includes(filter.text.toLowerCase()),
  ].every(Boolean)
}

function allPages(read: (after: string | null) => Page<TakeView>): string[] {
  const ids: string[] = []
  for (let after: string | null = null; ;) {
    const page = read(after)
    ids.push(...page.rows.map(({ id }) => id))
    if (page.next === null) return ids
    after = page.next
  }
}

test('pages of any size, in both orders, are what the filter means', () => {
  fc.assert(
    fc.property(someTakes, someFilter, fc.integer({ min: 1, max: 7 }), (takes, filter, limit) => {
      const db = fill(takes)
      const found = takes
        .map((take, index) => ({ take, index }))
        .filter(({ take, index }) => matches(take, index, filter))
      const newest = found.toReversed().map(({ index }) => idOf(index))
      const byRow = found
        .toSorted(
          (a, b) =>
            b.take.batch - a.take.batch ||
            a.take.row - b.take.row ||
            a.take.take - b.take.take ||
            a.index - b.index,
        )
        .map(({ index }) => idOf(index))
      const { takes: read } = queriesOf(db)
      expect(allPages((after) => read({ filter, order: 'newest', after, limit }))).toEqual(newest)
      expect(allPages((after) => read({ filter, order: 'row', after, limit }))).toEqual(byRow)
      db.close()
    }),
    { numRuns: 80 },
  )
})

test('each count says how many its facet would show beside the rest of the filter', () => {
  fc.assert(
    fc.property(
      someTakes,
      someFilter,
      (takes, { flags: _f, minRating: _r, unseen: _u, trashed: _t, ...rest }) => {
        const db = fill(takes)
        const count = (facet: TakeFilter): number =>
          takes.filter((take, index) => matches(take, index, { ...rest, ...facet })).length
        expect(queriesOf(db).takeCounts(rest)).toEqual({
          all: count({}),
          unseen: count({ unseen: true }),
          picked: count({ flags: ['pick'] }),
          rejected: count({ flags: ['reject'] }),
          rated4up: count({ minRating: 4 }),
          trashed: count({ trashed: true }),
        })
        const autumn = count({ project: 'Autumn' })
        expect(
          queriesOf(db)
            .takeFacets(rest)
            .projects.map((facet) => facet.count),
        ).toEqual(autumn === 0 ? [] : [autumn])
        db.close()
      },
    ),
    { numRuns: 80 },
  )
})

test('a take whose facts cannot be read is shown without them', () => {
  const db = fill([
    {
      batch: 1,
      row: 2,
      take: 1,
      model: 'veo',
      flag: 'none',
      rating: 0,
      seen: false,
      trashed: false,
      tags: [],
    },
  ])
  for (const column of ['facts', 'tags']) {
    for (const rubbish of ['{', '7', '{"fps":"many"}']) {
      db.run(`UPDATE takes SET ${column} = ?`, [rubbish])
      const { takes, take } = queriesOf(db)
      expect(takes({ filter: { tag: 'day' }, order: 'row', after: null, limit: 5 }).rows).toEqual(
        [],
      )
      expect(takes({ filter: {}, order: 'newest', after: null, limit: 5 }).rows).toHaveLength(1)
      expect(take('take_0000')).toMatchObject({ path: '/clips/0.mp4' })
    }
  }
})
