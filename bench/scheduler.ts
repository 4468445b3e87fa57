import { mkdtempSync, rmSync } from 'node:fs'
import { open } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import Libsql from 'libsql'
import { better, defineQueue, defineWorker } from 'plainjob'
import type { BatchPlan } from '../src/shared/domain/batch.ts'
import type { BatchId } from '../src/shared/domain/ids.ts'
import { createCommands } from '../src/main/jobs/commands/createCommands.ts'
import { startRunner } from '../src/main/jobs/runner.ts'
import { connect } from '../src/main/storage/sqlite.ts'
import { benchPlan, DONE, openQueueOnDisk } from './queueOnDisk.ts'
import { median, report, seconds } from './table.ts'

/**
 * What one job costs from claim to done on a provider that answers at once, beside the commits and
 * syncs that its four steps write at the least, and beside a plain SQLite queue on the same disk.
 */
const JOBS = Number(process.env['BENCH_JOBS'] ?? 10_000)
const SLOTS = 20

/** @param others jobs in the same table that wait for their person meanwhile */
async function ourSeconds(jobs: number, others = 0): Promise<number> {
  const queue = await openQueueOnDisk({ concurrency: SLOTS, pollMs: 0, check: () => DONE })
  const commands = createCommands(queue.ctx, {
    wake: () => {},
    forgetHalts: () => undefined,
    mediaDir: '/media',
  })
  const admit = async (plan: BatchPlan): Promise<BatchId> => {
    const admitted = await commands.admit(plan, { again: false })
    if (!admitted.ok) throw new Error(admitted.error.message)
    return admitted.value.batchId
  }
  if (others > 0) await commands.pause({ batches: [await admit(benchPlan(others))] })
  await admit({ ...benchPlan(jobs), digest: 'the measured ones' })
  const runner = startRunner(queue.ctx, { window: () => null, halted: async () => null })
  const spent = await seconds(() => runner.settled())
  const { succeeded } = queue.ctx.store.read((tx) => tx.counts(null))
  if (succeeded !== jobs) throw new Error(`${succeeded} of ${jobs} jobs succeeded`)
  await runner.stop()
  await queue.close()
  return spent
}

/** Six commits (claim, intent, accepted, rendered, take and downloaded, finished) and three journal syncs a job, one by one. */
async function commitsSeconds(jobs: number): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'))
  const db = connect(join(folder, 'commits.db'))
  db.exec(
    'PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; CREATE TABLE steps (id INTEGER PRIMARY KEY, state TEXT, body TEXT)',
  )
  const journal = await open(join(folder, 'journal'), 'w')
  await journal.write(Buffer.alloc(4 * 1024 * 1024, '\n'))
  const line = Buffer.alloc(400, 'x')
  const body = 'x'.repeat(600)
  const spent = await seconds(async () => {
    for (let job = 0; job < jobs; job += 1) {
      for (let step = 0; step < 6; step += 1) {
        db.run('INSERT OR REPLACE INTO steps VALUES (?, ?, ?)', [job, String(step), body])
        if (step % 2 === 0) {
          await journal.write(line, 0, line.length, (job % 5_000) * 400)
          await journal.datasync()
        }
      }
    }
  })
  await journal.close()
  db.close()
  rmSync(folder, { recursive: true })
  return spent
}

const nothing = (): void => {}

/** A plain SQLite queue: one step a job, no ledger. As durable as ours, or as it comes. */
async function plainjobSeconds(jobs: number, isDurable: boolean): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'))
  const database = new Libsql(join(folder, 'plain.db'))
  const logger = { error: nothing, warn: nothing, info: nothing, debug: nothing }
  // libsql speaks better-sqlite3's API; plainjob asks for no more of it.
  const connection = better(database)
  const queue = defineQueue({ connection, logger })
  database.exec(`PRAGMA synchronous = ${isDurable ? 'FULL' : 'NORMAL'}`)
  for (let job = 0; job < jobs; job += 1) queue.add('bench', { job })
  let left = jobs
  let finish = nothing
  const allDone = new Promise<void>((resolve) => (finish = resolve))
  const work = (): Promise<void> => {
    left -= 1
    if (left === 0) setImmediate(finish)
    return Promise.resolve()
  }
  const worker = defineWorker('bench', work, { queue, logger })
  let running = Promise.resolve()
  const spent = await seconds(() => {
    running = worker.start()
    return allDone
  })
  await worker.stop()
  await running
  database.close()
  rmSync(folder, { recursive: true })
  return spent
}

const small = Math.min(1_000, JOBS)
const FULL_TABLE = 100_000
const ROUNDS = 3
type What = 'ours' | 'durable' | 'quick' | 'alone' | 'full' | 'commits'
/** The load of a machine and of its disk drifts: what is compared is measured in turns. */
const rounds: Readonly<Record<What, number>>[] = []
for (let round = 0; round < ROUNDS; round += 1)
  rounds.push({
    ours: (await ourSeconds(JOBS)) / JOBS,
    durable: (await plainjobSeconds(JOBS, true)) / JOBS,
    quick: (await plainjobSeconds(JOBS, false)) / JOBS,
    alone: (await ourSeconds(small)) / small,
    full: (await ourSeconds(small, FULL_TABLE - small)) / small,
    commits: (await commitsSeconds(small)) / small,
  })
const middle = (what: What): number => median(rounds.map((round) => round[what]))
/** Of what one round measured: between rounds the disk may be another. */
const ratio = (one: What, other: What): number =>
  median(rounds.map((round) => round[one] / round[other]))
const ours = middle('ours')
report('scheduler', [
  {
    name: `a job from claim to done, ${JOBS} jobs, ${SLOTS} slots`,
    figure: ours * 1_000,
    unit: 'ms',
    comparison: 'its own 6 commits and 3 syncs, one by one',
    compared: middle('commits') * 1_000,
    ratio: ratio('ours', 'commits'),
    aim: 'at most 3x',
    met: ratio('ours', 'commits') <= 3,
  },
  {
    name: `the same, ${FULL_TABLE} jobs in the table`,
    figure: middle('full') * 1_000,
    unit: 'ms',
    comparison: `${small} in the table`,
    compared: middle('alone') * 1_000,
    ratio: ratio('full', 'alone'),
    aim: 'flat (at most 1.3x)',
    met: ratio('full', 'alone') <= 1.3,
  },
  {
    name: 'jobs a second',
    figure: 1 / ours,
    unit: 'jobs/s',
    comparison: 'plainjob, as durable (synchronous FULL)',
    compared: 1 / middle('durable'),
    ratio: ratio('durable', 'ours'),
    aim: 'at least 0.5',
    met: ratio('durable', 'ours') >= 0.5,
  },
  {
    name: 'jobs a second',
    figure: 1 / ours,
    unit: 'jobs/s',
    comparison: 'plainjob as it comes (synchronous NORMAL)',
    compared: 1 / middle('quick'),
    ratio: ratio('quick', 'ours'),
    aim: 'at least 0.5',
    met: ratio('quick', 'ours') >= 0.5,
  },
])
process.exit()
