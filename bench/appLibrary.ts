import { fileURLToPath } from 'node:url'
import { appPaths, makeDataDir } from '../src/main/storage/appPaths.ts'
import { openStorage } from '../src/main/storage/openStorage.ts'
import type { SqlDatabase } from '../src/main/storage/sqlite.ts'
import { systemChance, systemClock } from '../src/main/systemClock.ts'

const BATCHES = 10
const TAKES_OF_A_PROMPT = 4
/** As long ago as it takes for nothing to be new. */
const NOW = Date.now() - 86_400_000
/** Real pictures, so that they are read and decoded; every take has an address of its own. */
const POSTERS = ['lake-at-dusk.jpg', 'fruit-by-the-window.jpg'].map((name) =>
  fileURLToPath(new URL(`../resources/sample/${name}`, import.meta.url)),
)
const WORDS = 'quiet harbour dawn slow dolly fog lifts off water boats creak warm light'.split(' ')

/** A data folder with so many finished jobs, a take each, in ten batches. */
export async function fillLibrary(dataDir: string, takes: number): Promise<void> {
  const paths = appPaths(dataDir)
  const made = makeDataDir(paths)
  if (!made.ok) throw new Error(made.error.message)
  const opened = await openStorage({
    ...paths,
    face: 'cli',
    now: systemClock.now,
    newJobId: () => systemChance.newId('job'),
  })
  if (!opened.ok) throw new Error(opened.error.message)
  const { db, group, close } = opened.value
  group.writeNow(() => fill(db, takes))
  await close()
}

function fill(db: SqlDatabase, takes: number): void {
  for (let batch = 1; batch <= BATCHES; batch += 1) {
    db.run(
      `INSERT INTO batches (id, seq, name, digest, source, outDir, createdAt, revision)
       VALUES (?, ?, ?, ?, 'bench', '/media', ?, 0)`,
      [batchId(batch), batch, `Night ${batch}`, `bench-${batch}`, NOW],
    )
  }
  for (let index = 0; index < takes; index += 1) {
    const prompt = Math.floor(index / TAKES_OF_A_PROMPT)
    const one: One = {
      index,
      jobId: `job_${String(index).padStart(8, '0')}`,
      batchId: batchId(1 + Math.floor((index * BATCHES) / takes)),
      row: prompt + 1,
      take: 1 + (index % TAKES_OF_A_PROMPT),
      prompt: `${promptOf(prompt)} ${prompt}`,
    }
    insertJob(db, one)
    insertTake(db, one)
  }
}

const batchId = (batch: number): string => `batch_${String(batch).padStart(8, '0')}`

const promptOf = (index: number): string =>
  Array.from({ length: 24 }, (_, word) => WORDS[(index * 7 + word * 5) % WORDS.length]).join(' ')

interface One {
  readonly index: number
  readonly jobId: string
  readonly batchId: string
  readonly row: number
  readonly take: number
  readonly prompt: string
}

const REQUEST = JSON.stringify({ fields: { prompt: promptOf(1), more: 'x'.repeat(900) } })

function insertJob(db: SqlDatabase, one: One): void {
  const { index, jobId, row, take, prompt } = one
  const finishedAt = NOW + index * 1_000
  db.run(
    `INSERT INTO jobs (id, batchId, row, take, prompt, provider, credential, model, modelName, route, mode, request, status, runAt, position, createdAt, startedAt, finishedAt, estimateMicros, estimateCurrency, revision)
     VALUES (?, ?, ?, ?, ?, 'fal', 'env', 'kling-v3', 'Kling 3', 'fal/kling-v3', 'textToVideo', ?, 'succeeded', 0, ?, ?, ?, ?, 500000, 'USD', ?)`,
    [
      jobId,
      one.batchId,
      row,
      take,
      prompt,
      REQUEST,
      index + 1,
      NOW,
      finishedAt - 60_000,
      finishedAt,
      index + 1,
    ],
  )
}

const FACTS = JSON.stringify({
  durationSeconds: 5,
  width: 1280,
  height: 720,
  fps: 24,
  hasAudio: true,
  videoCodec: 'avc',
  audioCodec: 'aac',
})
const FLAGS = ['none', 'none', 'pick', 'reject'] as const

function insertTake(db: SqlDatabase, one: One): void {
  const { index, jobId, row, take, prompt } = one
  db.run(
    `INSERT INTO takes (id, jobId, batchId, outputNo, row, take, prompt, provider, model, modelName, seed, path, posterPath, bytes, sha256, facts, costMicros, costCurrency, costEstimated, rating, flag, seenAt, renderMs, createdAt, revision)
     VALUES (?, ?, ?, 0, ?, ?, ?, 'fal', 'kling-v3', 'Kling 3', ?, ?, ?, 4000000, ?, ?, 500000, 'USD', 1, ?, ?, ?, 60000, ?, ?)`,
    [
      `take_${String(index).padStart(8, '0')}`,
      jobId,
      one.batchId,
      row,
      take,
      prompt,
      index,
      `/media/${jobId}.mp4`,
      POSTERS[index % POSTERS.length] ?? null,
      '0'.repeat(64),
      FACTS,
      index % 6,
      FLAGS[index % FLAGS.length] ?? 'none',
      index % 3 === 0 ? null : NOW,
      NOW + index * 1_000,
      index + 1,
    ],
  )
}
