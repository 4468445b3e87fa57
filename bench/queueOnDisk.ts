import { createArrivals } from '../src/main/jobs/arrivals.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { BatchPlan } from '../src/shared/domain/batch.ts'
import type { PlannedJob } from '../src/shared/domain/job.ts'
import { ok } from '../src/shared/domain/result.ts'
import type { QueueContext } from '../src/main/jobs/context.ts'
import type { CheckOutcome, VideoProvider } from '../src/main/providers/spec.ts'
import { revisionsFrom } from '../src/main/storage/revisions.ts'
import { createJobStore } from '../src/main/storage/jobStore.ts'
import { openStorage, type Storage } from '../src/main/storage/openStorage.ts'
import { systemChance, systemClock } from '../src/main/systemClock.ts'

/** The real queue on a real disk; only the provider and the media are instant. */
export interface QueueOnDisk {
  readonly ctx: QueueContext
  readonly storage: Storage
  close(): Promise<void>
}

export interface BenchProvider {
  readonly concurrency: number
  /** How a render stands `elapsedMs` after its create. */
  readonly check: (id: string, elapsedMs: number) => CheckOutcome
  readonly pollMs: number | null
  /** Our waits are divided by it. */
  readonly scale?: number
}

export const DONE: CheckOutcome = { kind: 'succeeded', outputs: [{ kind: 'file', path: 'none' }] }

export async function openQueueOnDisk(provider: BenchProvider): Promise<QueueOnDisk> {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'))
  const opened = await openStorage({
    database: join(folder, 'dailies.db'),
    lock: join(folder, 'lock.db'),
    journal: join(folder, 'submits.ndjson'),
    backups: folder,
    media: folder,
    face: 'cli',
    now: systemClock.now,
    newJobId: () => systemChance.newId('job'),
  })
  if (!opened.ok) throw new Error(opened.error.message)
  const storage = opened.value
  const store = createJobStore({
    db: storage.db,
    group: storage.group,
    revisions: revisionsFrom(storage.db),
    newTakeId: () => systemChance.newId('take'),
  })
  const facts = {
    durationSeconds: 5,
    width: 1280,
    height: 720,
    fps: 24,
    hasAudio: true,
    videoCodec: 'avc',
    audioCodec: 'aac',
  }
  const instant = providerFor(provider)
  const call = {
    baseUrls: {},
    settings: {},
    credential: 'env',
    apiKey: null,
    signal: new AbortController().signal,
    now: systemClock.now,
    http: { create: never, call: never },
  }
  const ctx: QueueContext = {
    run: storage.run,
    store,
    journal: storage.journal,
    clock: systemClock,
    chance: systemChance,
    providers: new Map([[instant.id, instant]]),
    serverTime: { aheadMs: () => 0, ask: () => {} },
    arrivals: createArrivals({ clock: systemClock, emit: () => {}, wake: () => {} }),
    otherWays: { isOn: () => false, of: () => [] },
    priceNow: () => null,
    fitFrame: async (frame) => ok(frame),
    credentials: {
      of: () => ['env'],
      call: () => ok(call),
      readFrame: async () => new Uint8Array(),
    },
    media: { facts: async () => ok(facts), stills: async () => ok(undefined) },
    delivery: {
      place: async (job, takeNo) => ok(join(folder, `${job.id}-${takeNo}.mp4`)),
      deliver: async () => ({ kind: 'delivered', bytes: 1_000, sha256: '0'.repeat(64) }),
      makeFolder: async () => ok(undefined),
      roomAt: async () => ok(null),
    },
    sidecars: { write: async ({ take }) => ok(`${take.path}.json`) },
    log: {
      info: () => {},
      warn: () => {},
      error: (fields, message) => console.error(message, fields),
    },
    scaled: (ms) => Math.ceil(ms / (provider.scale ?? 1)),
    unscaled: (ms) => ms / (provider.scale ?? 1),
    pollMs: provider.pollMs,
    emit: () => {},
    halt: () => {},
    signal: call.signal,
  }
  return {
    ctx,
    storage,
    close: async () => {
      await storage.close()
      rmSync(folder, { recursive: true })
    },
  }
}

const never = (): Promise<never> => Promise.reject(new Error('no network in a bench'))

function providerFor({ concurrency, check }: BenchProvider): VideoProvider {
  const began = new Map<string, number>()
  let renders = 0
  return {
    id: 'instant',
    name: 'Instant',
    traits: {
      idempotency: 'none',
      paid: true,
      currency: 'USD',
      lane: { concurrency, createsPerMinute: null },
      pollFloorMs: 100,
      charges: { failed: 'nothing', cancelled: 'full' },
      keyVariable: null,
      baseUrls: [],
    },
    describe: () => null,
    prepare: async (request, { idempotencyKey }) =>
      ok({
        version: 1,
        method: 'POST',
        url: 'https://api.example.com/v1/videos',
        headers: { 'content-type': 'application/json' },
        body: new TextEncoder().encode(JSON.stringify(request.fields)),
        fingerprint: idempotencyKey,
      }),
    submit: async () => {
      renders += 1
      const id = `op-${renders}`
      began.set(id, performance.now())
      return { kind: 'accepted', operation: { id, version: 1, data: {} } }
    },
    check: async ({ id }) => check(id, performance.now() - (began.get(id) ?? 0)),
    verifyKey: async () => ({ kind: 'notNeeded' }),
  }
}

export function benchPlan(jobs: number): BatchPlan {
  const job = (row: number): PlannedJob => ({
    row,
    take: 1,
    name: null,
    tags: [],
    prompt: `A fox crosses a wet street at night, take ${row}`,
    provider: 'instant',
    model: 'model',
    modelName: 'Model',
    route: 'instant/model',
    request: {
      version: 1,
      endpoint: 'model',
      fields: { prompt: `A fox crosses a wet street at night, take ${row}`, duration: '5' },
      frames: [],
      mode: 'textToVideo',
      expect: {
        prompt: 'p',
        durationSeconds: 5,
        width: 1280,
        height: 720,
        fps: 24,
        hasAudio: true,
        seed: row,
      },
    },
    warnings: [],
    estimate: { micros: 100_000, currency: 'USD', estimated: true },
  })
  return {
    name: 'Bench',
    digest: `bench-${jobs}`,
    source: 'bench',
    project: null,
    cap: null,
    allowUnpriced: false,
    tonight: false,
    concurrency: null,
    outDir: null,
    jobs: Array.from({ length: jobs }, (_, index) => job(index + 1)),
  }
}
