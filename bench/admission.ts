import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { connect } from '../src/main/storage/sqlite.ts'
import { createCommands } from '../src/main/jobs/commands/createCommands.ts'
import { createFrameStore } from '../src/main/library/frameStore.ts'
import { DONE, openQueueOnDisk } from './queueOnDisk.ts'
import { loadCatalogue } from '../src/main/library/loadCatalogue.ts'
import { median, report, seconds } from './table.ts'
import { planFile, type FilePlan } from '../src/main/library/planning/planFile.ts'
import { readImageHead } from '../src/main/media/imageFile.ts'

/**
 * A CSV of 10,000 rows from the file to the disk: parse, expand, validate, normalise, price, write.
 * Beside it the least that the disk asks for: as many ready rows in one transaction.
 */
const ROWS = Number(process.env['BENCH_ROWS'] ?? 10_000)
const RUNS = 5

const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'))
const file = join(folder, 'batch.csv')
const lines = Array.from(
  { length: ROWS },
  (_, at) =>
    `"A fox crosses {{city}} in soft light, shot ${at}, 35 mm, slow push in",16:9,5,kling-v3,fal,Ulm ${at},"a, b"`,
)
writeFileSync(file, ['prompt,size,duration,model,provider,city,tags', ...lines].join('\n'))

const { catalogue } = await loadCatalogue({
  bundled: resolve(import.meta.dirname, '../resources/models'),
  own: null,
})
const frames = createFrameStore({ folder: join(folder, 'frames'), imageFacts: readImageHead })

async function plan(): Promise<FilePlan> {
  const options = {
    defaults: {},
    expand: { kind: 'product' },
    plain: false,
    rehearse: false,
    maxJobsPerRow: null,
  } as const
  const batch = {
    name: null,
    project: null,
    budgetMicros: null,
    allowUnpriced: false,
    tonight: false,
    concurrency: null,
    outDir: folder,
  }
  const planned = await planFile({ path: file, options, batch }, { catalogue, frames })
  if (!planned.ok) throw new Error(planned.error[0]?.message)
  return planned.value
}

/** Seconds of planning and of writing, on a new data folder. */
async function admitOnce(): Promise<{ readonly planned: number; readonly written: number }> {
  const queue = await openQueueOnDisk({ concurrency: 1, pollMs: null, check: () => DONE })
  const commands = createCommands(queue.ctx, {
    wake: () => undefined,
    forgetHalts: () => undefined,
    mediaDir: folder,
  })
  const plans: FilePlan[] = []
  const planned = await seconds(async () => void plans.push(await plan()))
  const written = await seconds(async () => {
    for (const { plan: batch } of plans) {
      const admitted = await commands.admit(batch, { again: false })
      if (!admitted.ok) throw new Error(admitted.error.message)
    }
  })
  await queue.close()
  return { planned, written }
}

const COLUMNS =
  'id, batchId, row, take, name, tags, prompt, provider, model, modelName, route, mode, request, ' +
  'warnings, estimateMicros, estimateCurrency, status, runAt, position, createdAt, revision'

/** What admission writes of each job, ready to bind. */
const readyRows = ({ plan: batch }: FilePlan) =>
  batch.jobs.map((job, at) => [
    `job_01ARZ3NDEKTSV4RRFFQ${String(at).padStart(7, '0')}`,
    'batch_01ARZ3NDEKTSV4RRFFQ0000000',
    job.row,
    job.take,
    job.name,
    JSON.stringify(job.tags),
    job.prompt,
    job.provider,
    job.model,
    job.modelName,
    job.route,
    job.request.mode,
    JSON.stringify(job.request),
    JSON.stringify(job.warnings),
    job.estimate?.micros ?? null,
    job.estimate?.currency ?? null,
    'queued',
    1,
    at,
    1,
    at,
  ])

/** The same rows into a table with its key and nothing else: no index, no trigger. */
async function insertOnce(ready: ReturnType<typeof readyRows>): Promise<number> {
  const path = join(folder, `rows-${performance.now()}.db`)
  const db = connect(path)
  db.exec(`PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
    CREATE TABLE jobs (seq INTEGER PRIMARY KEY, ${COLUMNS}, UNIQUE (id))`)
  const marks = COLUMNS.split(',').map(() => '?')
  const spent = await seconds(() => {
    db.exec('BEGIN')
    for (const row of ready) db.run(`INSERT INTO jobs (${COLUMNS}) VALUES (${marks.join()})`, row)
    db.exec('COMMIT')
  })
  db.close()
  return spent
}

// The first run of a process, as a person meets it, and the middle of several.
const first = await admitOnce()
const ready = readyRows(await plan())
const runs = [first]
const inserts: number[] = []
for (let run = 1; run < RUNS; run += 1) {
  runs.push(await admitOnce())
  inserts.push(await insertOnce(ready))
}
rmSync(folder, { recursive: true })

const usual = median(runs.map(({ planned, written }) => planned + written))
const cold = first.planned + first.written
const insert = median(inserts)
report('admission', [
  {
    name: `admit a CSV of ${ROWS} rows, file to disk`,
    figure: usual,
    unit: 's',
    comparison: 'as many ready rows in one transaction',
    compared: insert,
    ratio: usual / insert,
    aim: 'at most 1.0 s and at most 6x',
    met: usual <= 1 && usual / insert <= 6,
  },
  {
    name: 'the same, first time in a process',
    figure: cold,
    unit: 's',
    comparison: 'as many ready rows in one transaction',
    compared: insert,
    ratio: cold / insert,
    aim: 'at most 1.0 s',
    met: cold <= 1,
  },
])
