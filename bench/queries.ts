import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { JOB_STATUSES } from '../src/shared/domain/job.ts'
import { MIGRATIONS } from '../src/main/storage/migrations/index.ts'
import { indexPrompts } from '../src/main/storage/jobStore/promptIndex.ts'
import { createQueries } from '../src/main/storage/queries/queries.ts'
import { CACHE_SETTING, connect, type SqlDatabase } from '../src/main/storage/sqlite.ts'
import { median, report, type BenchRow } from './table.ts'

const JOBS = 100_000
const BATCHES = 10
const PAGE = 100
const NOW = Date.UTC(2026, 10, 22, 22)

const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'))
const db = connect(join(folder, 'dailies.db'))
try {
  db.pragma('journal_mode = WAL')
  db.pragma(`${CACHE_SETTING.name} = ${CACHE_SETTING.set}`)
  for (const { sql } of MIGRATIONS) db.exec(sql)
  fill(db)
  report('queries', measure(db))
} finally {
  db.close()
  rmSync(folder, { recursive: true, force: true })
}

/** Ten batches of ten thousand, most of them done, with prompts and requests of the usual length. */
function fill(database: SqlDatabase): void {
  const words = 'quiet harbour dawn slow dolly fog lifts off water boats creak warm light'.split(
    ' ',
  )
  const promptOf = (index: number): string =>
    Array.from(
      { length: 24 },
      (_, k) => words[(index * 7 + k * (1 + (index % 12))) % words.length],
    ).join(' ')
  const request = JSON.stringify({ fields: { prompt: promptOf(1), more: 'x'.repeat(900) } })
  database.exec('BEGIN')
  for (let b = 1; b <= BATCHES; b += 1)
    database.run(
      "INSERT INTO batches (id, seq, name, digest, source, outDir, createdAt, revision) VALUES (?, ?, 'b', ?, 's', 'o', ?, 0)",
      [`batch_${b}000`, b, `d${b}`, NOW],
    )
  for (let j = 1; j <= JOBS; j += 1) {
    const status = j % 1000 === 0 ? 'failed' : j % 10 < 7 ? 'succeeded' : 'queued'
    const isDone = status !== 'queued'
    database.run(
      `INSERT INTO jobs (id, batchId, row, take, prompt, provider, credential, model, modelName, route, mode, request, status, runAt, position, createdAt, finishedAt, estimateMicros, estimateCurrency, intentId, revision)
       VALUES (?, ?, ?, 1, ?, ?, 'env', 'm', 'M', 'p/m', 'textToVideo', ?, ?, 0, ?, ?, ?, 500000, 'USD', ?, ?)`,
      [
        `job_${String(j).padStart(8, '0')}`,
        `batch_${1 + Math.floor(((j - 1) * BATCHES) / JOBS)}000`,
        j,
        `${promptOf(j)} ${j}`,
        j % 50 === 0 ? 'rare' : 'fal',
        request,
        status,
        j,
        NOW,
        // Over eleven hours.
        isDone ? NOW - (JOBS - j) * 400 : null,
        isDone ? `job_${j}:1` : null,
        j,
      ],
    )
  }
  indexPrompts(database) // as every admission does
  database.exec('COMMIT')
}

function measure(database: SqlDatabase): BenchRow[] {
  const traits = { lane: { concurrency: 4, createsPerMinute: null }, keyVariable: 'KEY' }
  const queries = createQueries({
    db: database,
    now: () => NOW,
    providers: new Map([['fal', { name: 'fal', traits }]]),
    blocked: () => null,
  })
  const page = (filter: Parameters<typeof queries.jobs>[0]['filter']) => (): unknown =>
    queries.jobs({ filter, after: null, limit: PAGE })
  const byHand = (): unknown =>
    database.all('SELECT * FROM jobs WHERE seq > ? ORDER BY seq LIMIT ?', [0, PAGE])
  const byHandFiltered = (): unknown =>
    database.all("SELECT * FROM jobs WHERE status = 'failed' AND seq > ? ORDER BY seq LIMIT ?", [
      0,
      PAGE,
    ])
  const countByHand = (): unknown =>
    database.all('SELECT status, count(*) FROM jobs GROUP BY status')
  const deep = middleOf(queries)
  const likeByHand = (): unknown =>
    database.all("SELECT seq FROM jobs WHERE prompt LIKE '%zeppelin%' ORDER BY seq LIMIT 100")
  const scanned = { theirs: likeByHand, comparison: 'LIKE over the rows' }
  const keyset = { theirs: byHand, comparison: 'a keyset page by hand' }
  const filtered = { theirs: byHandFiltered, comparison: 'the same by hand' }
  const counted = { theirs: countByHand, comparison: 'counting the rows' }
  const many = JOB_STATUSES.slice(1)
  return [
    row('first page of 100 jobs', page({}), { ...keyset, aimMs: 5 }),
    row('a page in the middle', deep, { ...keyset, aimMs: 5 }),
    row('filter: failed', page({ statuses: ['failed'] }), { ...filtered, aimMs: 20 }),
    row('filter: a rare provider', page({ provider: 'rare' }), { ...keyset, aimMs: 20 }),
    row('filter: all but queued', page({ statuses: many }), { ...keyset, aimMs: 20 }),
    row('filter: a common word', page({ text: 'Harbour' }), { ...keyset, aimMs: 20 }),
    row('filter: a model', page({ model: 'm' }), { ...keyset, aimMs: 20 }),
    row('counts of every filter', () => queries.facets({}), { ...counted, aimMs: 20 }),
    row('filter: a word that none has', page({ text: 'zeppelin' }), { ...scanned, aimMs: 20 }),
    row('counts under a word that none has', () => queries.facets({ text: 'zeppelin' }), {
      ...scanned,
      aimMs: 20,
    }),
    row('filter: a rare text', page({ text: 'harbour 9999' }), { ...scanned, aimMs: 20 }),
    row('counts', () => queries.counts(), { ...counted, aimMs: 20 }),
    row('batches with their counts', () => queries.batches({}), { ...counted, aimMs: 20 }),
    row('the strip at the top', () => queries.tonight(), { ...counted, aimMs: 20 }),
    row('lanes', () => queries.lanes(), { ...counted, aimMs: 20 }),
  ]
}

function middleOf(queries: ReturnType<typeof createQueries>): () => unknown {
  let after: string | null = null
  for (let n = 0; n < 300; n += 1) after = queries.jobs({ filter: {}, after, limit: 200 }).next
  return () => queries.jobs({ filter: {}, after, limit: PAGE })
}

interface Against {
  readonly theirs: () => unknown
  readonly comparison: string
  readonly aimMs: number
}

function row(name: string, ours: () => unknown, { theirs, comparison, aimMs }: Against): BenchRow {
  const figure = milliseconds(ours)
  const compared = milliseconds(theirs)
  return {
    name,
    figure,
    unit: 'ms',
    comparison,
    compared,
    ratio: figure / compared,
    aim: `at most ${aimMs} ms`,
    met: figure <= aimMs,
  }
}

function milliseconds(work: () => unknown): number {
  work() // prepares the statements
  return median(
    Array.from({ length: 15 }, () => {
      const start = performance.now()
      work()
      return performance.now() - start
    }),
  )
}
