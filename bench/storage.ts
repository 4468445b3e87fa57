import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CommitGroup } from '../src/main/storage/commitGroup.ts'
import { Journal } from '../src/main/storage/journal/journal.ts'
import { readJournal } from '../src/main/storage/journal/readJournal.ts'
import { connect } from '../src/main/storage/sqlite.ts'
import { report, type BenchRow } from './table.ts'

const ROUND_MS = 1_500
/** As many creates as a busy queue settles in one turn. */
const TOGETHER = 20

const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'))
try {
  report('storage', [...(await commitRows()), ...(await journalRows())])
} finally {
  rmSync(folder, { recursive: true, force: true })
}

/** Durable writes a second: alone, and many in one turn. */
async function commitRows(): Promise<BenchRow[]> {
  const db = connect(join(folder, 'a.db'))
  db.pragma('journal_mode = WAL')
  db.exec('CREATE TABLE t (n INTEGER PRIMARY KEY, text TEXT) STRICT')
  let n = 0
  const insert = (): unknown => db.run('INSERT INTO t VALUES (?, ?)', [(n += 1), 'x'.repeat(500)])
  const group = new CommitGroup(db)
  const byHand = await perSecond(1, () => {
    db.run('BEGIN IMMEDIATE')
    insert()
    db.run('COMMIT')
  })
  const alone = await perSecond(1, () => group.write(insert))
  const together = await perSecond(TOGETHER, () => Promise.all(many(() => group.write(insert))))
  db.close()
  const comparison = 'BEGIN, INSERT, COMMIT by hand'
  return [
    row('durable writes, one at a time', alone, { comparison, byHand, aim: 0.7 }),
    row(`durable writes, ${TOGETHER} a turn`, together, { comparison, byHand, aim: 5 }),
  ]
}

/** Journal lines a second: alone, and many in one turn. */
async function journalRows(): Promise<BenchRow[]> {
  const path = join(folder, 'submits.ndjson')
  const content = readJournal(path)
  if (!content.ok) throw content.error
  const journal = await Journal.open({ path, content: content.value, unsettled: [] })
  const append = (): Promise<void> =>
    journal.outcome({
      intentId: 'job_00000001:1',
      outcome: 'accepted',
      operation: { id: 'op', version: 1, data: { url: 'https://queue.example/requests/1' } },
      at: 0,
    })
  const file = openSync(join(folder, 'by-hand'), 'w')
  const byHand = await perSecond(1, () => {
    writeSync(file, `${'x'.repeat(200)}\n`)
    fdatasyncSync(file)
  })
  closeSync(file)
  const alone = await perSecond(1, append)
  const together = await perSecond(TOGETHER, () => Promise.all(many(append)))
  await journal.close()
  const comparison = 'append and fdatasync by hand'
  return [
    row('journal lines, one at a time', alone, { comparison, byHand, aim: 0.5 }),
    row(`journal lines, ${TOGETHER} a turn`, together, { comparison, byHand, aim: 5 }),
  ]
}

function many<T>(work: () => T): T[] {
  return Array.from({ length: TOGETHER }, work)
}

async function perSecond(each: number, work: () => unknown): Promise<number> {
  const start = performance.now()
  let done = 0
  while (performance.now() - start < ROUND_MS) {
    await work()
    done += each
  }
  return (done * 1_000) / (performance.now() - start)
}

interface Against {
  readonly comparison: string
  readonly byHand: number
  /** Ratio. */
  readonly aim: number
}

function row(name: string, figure: number, { comparison, byHand, aim }: Against): BenchRow {
  const ratio = figure / byHand
  return {
    name,
    figure,
    unit: '/s',
    comparison,
    compared: byHand,
    ratio,
    aim: `at least ${aim}x`,
    met: ratio >= aim,
  }
}
