import type { BatchId, JobId } from '../src/shared/domain/ids.ts'
import type { UndoId } from '../src/shared/ipc/reports.ts'
import { createCommands } from '../src/main/jobs/commands/createCommands.ts'
import { benchPlan, DONE, openQueueOnDisk } from './queueOnDisk.ts'
import { report, seconds, type BenchRow } from './table.ts'

/** What a person asks of ten thousand jobs at once, with a hundred thousand in the table. */
const MANY = 10_000
const TABLE = 100_000
/** Of the time that admitting as many takes. */
const AIM = 4

const queue = await openQueueOnDisk({ concurrency: 4, pollMs: 0, check: () => DONE })
const commands = createCommands(queue.ctx, {
  wake: () => {},
  forgetHalts: () => undefined,
  mediaDir: '/media',
})

let admitted = 0
async function admit(): Promise<BatchId> {
  admitted += 1
  const plan = { ...benchPlan(MANY), digest: `control ${admitted}` }
  const done = await commands.admit(plan, { again: false })
  if (!done.ok) throw new Error(done.error.message)
  return done.value.batchId
}
const jobsOf = (batch: BatchId): JobId[] =>
  queue.ctx.store.read((tx) => tx.jobsOf(batch, {}).map(({ id }) => id))

async function cancelled(): Promise<BatchId> {
  const batch = await admit()
  await commands.cancel({ batches: [batch] })
  return batch
}

for (let n = MANY; n < TABLE; n += MANY) await admit()
const admission = await seconds(async () => void (await admit()))
const rows: BenchRow[] = []

async function measure(name: string, work: () => Promise<unknown>): Promise<void> {
  const figure = await seconds(async () => void (await work()))
  const ratio = figure / admission
  rows.push({
    name: `${name}, ${MANY} jobs`,
    figure,
    unit: 's',
    comparison: 'admitting as many',
    compared: admission,
    ratio,
    aim: `at most ${AIM}x`,
    met: ratio <= AIM,
  })
}

/** Also how it is taken back. */
async function both(name: string, work: () => Promise<{ undo: UndoId | null }>): Promise<void> {
  let undo: UndoId | null = null
  await measure(name, async () => void ({ undo } = await work()))
  await measure(`undo of ${name}`, async () => (undo === null ? null : commands.undo(undo)))
}

const jobs = jobsOf(await admit())
const half = jobs.slice(MANY / 2)
await both('priority', () => commands.setPriority({ jobs }, 1))
await both('pause', () => commands.pause({ jobs }))
await both('move to the top', () => commands.move(half, { place: 'top' }))
await both('break points', () => commands.setBreakPoint(jobs, true))
await both('duplicate', () => commands.duplicate(jobs))
await both('cancel', () => commands.cancel({ jobs }))
const batches = [await cancelled()]
const ended = batches.flatMap(jobsOf)
await both('retry', () => commands.retry({ batches }))
await both('prune', () => commands.prune({ batches }))
await measure('run again', () =>
  commands.runAgain(ended.map((jobId) => ({ jobId, newSeed: { field: 'seed' } }))),
)
report('control', rows)
await queue.close()
