import { statSync } from 'node:fs'
import { probe } from '../../src/main/media/probe.ts'
import { appPaths, makeDataDir } from '../../src/main/storage/appPaths.ts'
import { openStorage } from '../../src/main/storage/openStorage.ts'
import type { SqlDatabase } from '../../src/main/storage/sqlite.ts'
import { systemChance, systemClock } from '../../src/main/systemClock.ts'
import type { BatchId, JobId, TakeId } from '../../src/shared/domain/ids.ts'
import type { MediaFacts } from '../../src/shared/domain/take.ts'

/** A take to be there when the app starts. */
export interface TakeWish {
  readonly path: string
  readonly row: number
  readonly take: number
  readonly prompt: string
  readonly model?: string
  readonly provider?: string
  readonly posterPath?: string
  readonly filmstripPath?: string
  readonly costMicros?: number
  readonly renderMs?: number
}

/** A data folder with one finished batch of these takes. Gives their ids in order. */
export async function fillTakes(
  dataDir: string,
  wishes: readonly TakeWish[],
): Promise<readonly TakeId[]> {
  const paths = appPaths(dataDir)
  const made = makeDataDir(paths)
  if (!made.ok) throw new Error(made.error.message)
  const { newId } = systemChance
  const opened = await openStorage({
    ...paths,
    face: 'cli',
    now: systemClock.now,
    newJobId: () => newId('job'),
  })
  if (!opened.ok) throw new Error(opened.error.message)
  const { db, group, close } = opened.value
  const batchId = newId('batch')
  const facts = await Promise.all(wishes.map(({ path }) => factsOf(path)))
  const takes = wishes.map((wish, at) => ({
    ...wish,
    facts: facts[at] ?? null,
    bytes: statSync(wish.path).size,
    id: newId('take'),
    jobId: newId('job'),
    batchId,
  }))
  group.writeNow(() => {
    db.run(
      `INSERT INTO batches (id, seq, name, digest, source, outDir, createdAt, revision)
       VALUES (?, 1, 'Last night', ?, 'test', ?, ?, 0)`,
      [batchId, batchId, paths.media, systemClock.now()],
    )
    for (const take of takes) insertTake(db, take)
  })
  await close()
  return takes.map(({ id }) => id)
}

async function factsOf(path: string): Promise<MediaFacts> {
  const facts = await probe(path)
  if (!facts.ok) throw new Error(facts.error.message)
  return facts.value
}

/** A take as its row has it. */
export interface StoredTake extends TakeWish {
  readonly id: TakeId
  readonly jobId: JobId
  readonly batchId: BatchId
  readonly bytes: number
  readonly facts: MediaFacts | null
}

/** As the rehearsal renderer would have been asked. */
const requestOf = ({ prompt, facts }: StoredTake): string =>
  JSON.stringify({
    version: 1,
    endpoint: 'rehearsal',
    fields: { prompt, duration: facts?.durationSeconds ?? 1 },
    frames: [],
    mode: 'textToVideo',
    expect: { prompt, durationSeconds: 1, width: 320, height: 180, fps: 24, hasAudio: false },
  })

/** A finished job and its take, in a batch that is there. */
export function insertTake(db: SqlDatabase, take: StoredTake): void {
  const { model = 'rehearsal', provider = 'rehearsal', costMicros = 0, renderMs = 1000 } = take
  const values = {
    ...take,
    facts: JSON.stringify(take.facts),
    model,
    provider,
    costMicros,
    renderMs,
    route: `${provider}/${model}`,
    request: requestOf(take),
    position: take.row * 100 + take.take,
    posterPath: take.posterPath ?? null,
    filmstripPath: take.filmstripPath ?? null,
    sha256: '0'.repeat(64),
    at: systemClock.now(),
  }
  db.run(
    `INSERT INTO jobs (id, batchId, row, take, prompt, provider, credential, model, modelName, route, mode, request, status, runAt, position, createdAt, startedAt, finishedAt, revision)
     VALUES (:jobId, :batchId, :row, :take, :prompt, :provider, 'none', :model, :model, :route, 'textToVideo', :request, 'succeeded', 0, :position, :at, :at, :at, 0)`,
    values,
  )
  db.run(
    `INSERT INTO takes (id, jobId, batchId, outputNo, row, take, prompt, provider, model, modelName, path, posterPath, filmstripPath, bytes, sha256, facts, costMicros, costCurrency, costEstimated, renderMs, createdAt, revision)
     VALUES (:id, :jobId, :batchId, 0, :row, :take, :prompt, :provider, :model, :model, :path, :posterPath, :filmstripPath, :bytes, :sha256, :facts, :costMicros, 'USD', 0, :renderMs, :at, 0)`,
    values,
  )
}
