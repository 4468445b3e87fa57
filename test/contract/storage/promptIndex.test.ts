import fc from 'fast-check'
import { expect, test } from 'vitest'
import { MIGRATIONS } from '../../../src/main/storage/migrations/index.ts'
import { indexPrompts } from '../../../src/main/storage/jobStore/promptIndex.ts'
import { contains } from '../../../src/main/storage/queries/like.ts'
import { promptMatches } from '../../../src/main/storage/queries/promptMatches.ts'
import { connect, type SqlDatabase } from '../../../src/main/storage/sqlite.ts'
import { admit, jobIdFor, plannedJob, planOf } from '../../helpers/storage/fillQueue.ts'

const FILLED_BY = MIGRATIONS.findIndex(({ name }) => name.endsWith('prompt-index'))

function memory(migrations = MIGRATIONS): SqlDatabase {
  const db = connect(':memory:')
  for (const { sql } of migrations) db.exec(sql)
  return db
}

function fill(db: SqlDatabase, prompts: readonly string[], from = 0): void {
  db.run(
    "INSERT OR IGNORE INTO batches (id, seq, name, digest, source, outDir, createdAt, revision) VALUES ('batch_0001', 1, 'b', 'd', 's', 'o', 0, 0)",
  )
  for (const [index, prompt] of prompts.entries())
    db.run(
      `INSERT INTO jobs (id, batchId, row, take, prompt, provider, model, modelName, route, mode, request, status, runAt, position, createdAt, revision)
       VALUES (?, 'batch_0001', 1, 1, ?, 'fal', 'm', 'M', 'r/m', 'textToVideo', '{}', 'queued', 0, 1, 0, 0)`,
      [jobIdFor(from + index), prompt],
    )
}

const seqsOf = (found: ReturnType<typeof promptMatches>): readonly number[] | undefined =>
  found === null ? undefined : [...found.values()].flat().toSorted((a, b) => a - b)

function byLooking(db: SqlDatabase, search: string): readonly number[] {
  const where = contains('prompt', search)
  const rows = db.all(`SELECT seq FROM jobs WHERE ${where?.sql} ORDER BY seq`, where?.values)
  return rows.map((row) => Number(row['seq']))
}

const LETTERS = 'a A b é É ü Ü ß ẞ İ ı д Д Σ ς 漢 🎬 👩‍🚀 " \' % _ \\ * ( AND e\u0301'
const letters = fc.constantFrom(' ', '\n', ...LETTERS.split(' '))
const written = fc.oneof(
  fc.string({ unit: letters, maxLength: 12 }),
  fc.string({ unit: 'binary', maxLength: 12 }),
)

/** A piece of one of the prompts, perhaps in other letters, or something else. */
const searched = fc.oneof(
  { weight: 1, arbitrary: written.map((text) => () => text) },
  {
    weight: 3,
    arbitrary: fc
      .tuple(fc.nat(), fc.nat(8), fc.integer({ min: 3, max: 8 }), fc.nat(2))
      .map(([pick, from, length, form]) => (prompts: readonly string[]): string => {
        const prompt = prompts[pick % Math.max(1, prompts.length)] ?? ''
        const piece = Array.from(prompt)
          .slice(from, from + length)
          .join('')
        return [piece, piece.toLowerCase(), piece.toUpperCase()][form] ?? piece
      }),
  },
)

test('the index finds what looking at every prompt finds, also behind its end and after edits', () => {
  const prompts = fc.array(written, { maxLength: 20 })
  fc.assert(
    fc.property(prompts, prompts, searched, (indexed, behind, search) => {
      const db = memory()
      fill(db, indexed)
      indexPrompts(db)
      fill(db, behind, indexed.length)
      const edits = behind.slice(0, 3)
      for (const [index, prompt] of edits.entries())
        db.run('UPDATE jobs SET prompt = ? WHERE seq = ?', [prompt, index * 2 + 1])
      const text = search([...indexed, ...behind])
      const found = seqsOf(promptMatches(db, text))
      if (found === undefined) expect(Array.from(text).length < 3 || text.includes('\0')).toBe(true)
      else expect(found).toEqual(byLooking(db, text))
      indexPrompts(db)
      expect(seqsOf(promptMatches(db, text))).toEqual(found)
      db.close()
    }),
    { numRuns: 80 },
  )
})

test('an older database is filled once, and keeps up with admissions and edits', async () => {
  const db = memory(MIGRATIONS.slice(0, FILLED_BY))
  fill(db, ['a quiet harbour', 'a fox'])
  for (const { sql } of MIGRATIONS.slice(FILLED_BY)) db.exec(sql)
  expect(seqsOf(promptMatches(db, 'HARB'))).toEqual([1])
  await admit(db, planOf([plannedJob(1), plannedJob(2)]), { batch: 2, firstJob: 10 })
  expect(db.get('SELECT seq FROM jobs_text_end')).toEqual({ seq: 4 })
  expect(seqsOf(promptMatches(db, 'harbour'))).toEqual([1, 3, 4])
  db.run("UPDATE jobs SET prompt = 'a desert' WHERE seq IN (1, 3)")
  expect(seqsOf(promptMatches(db, 'harbour'))).toEqual([4])
  expect(seqsOf(promptMatches(db, 'desert'))).toEqual([1, 3])
  db.exec("INSERT INTO jobs_text (jobs_text) VALUES ('integrity-check')")
})

test('a text that very many have is left to the pages', () => {
  const db = memory()
  fill(
    db,
    Array.from({ length: 1001 }, (_, at) => `a harbour, ${at}`),
  )
  expect(promptMatches(db, 'harbour')).toBeNull()
  indexPrompts(db)
  expect(promptMatches(db, 'harbour')).toBeNull()
  expect(seqsOf(promptMatches(db, 'harbour, 1000'))).toEqual([1001])
})
