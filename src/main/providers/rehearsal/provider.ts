import { createHash } from 'node:crypto'
import type { FrameSource, RouteRequest } from '../../../shared/domain/generation.ts'
import type { JobError } from '../../../shared/domain/errors.ts'
import type { Operation } from '../../../shared/domain/job.ts'
import { FREE } from '../../../shared/domain/money.ts'
import { ok } from '../../../shared/domain/result.ts'
import type {
  CheckOutcome,
  PrepareCall,
  ProviderTraits,
  SubmitOutcome,
  VideoProvider,
  WireRequest,
} from '../spec.ts'
import type { RecipeFrame, RenderRecipe, RenderVideo } from './recipe.ts'
import { openWorkFolder, type WorkFolder } from './workFolder.ts'

export interface RehearsalOptions {
  readonly workDir: string
  readonly render: RenderVideo
  /** Where a reference frame lies. */
  readonly framePath: (frame: RecipeFrame) => string
  /** Renders at once; each takes about one core. */
  readonly concurrency: number
}

const KEY_HEADER = 'idempotency-key'

/** A provider that renders here, free: every rule of a paid one holds for it. */
export function createRehearsal(options: RehearsalOptions): VideoProvider {
  const work = openWorkFolder(options.workDir)
  const renders: Renders = { running: new Map(), failed: new Map(), cancelled: new Set() }
  return {
    id: 'rehearsal',
    name: 'Rehearsal',
    traits: traitsFor(options),
    describe: () => null,
    prepare: async (request, call) => ok(wireOf(request, call)),
    submit: async (wire) => submit(work, wire),
    check: ({ id }, { signal }) => look(options, { work, renders }, { operationId: id, signal }),
    cancel: async (operation) => {
      renders.cancelled.add(operation.id)
      renders.running.get(operation.id)?.abort.abort()
      return { kind: 'requested', note: 'Rehearsal stops and costs nothing.' }
    },
    findSubmitted: async ({ sinceMs, wire }) => {
      const entries = await work.list()
      return ok(
        entries
          .filter(({ createdAtMs }) => createdAtMs >= sinceMs)
          .map(({ operationId, createdAtMs, body }) => ({
            operation: operationOf(operationId),
            createdAtMs,
            match:
              digestOf(body) === digestOf(wire.body) ? ('same' as const) : ('different' as const),
          })),
      )
    },
    operationFromId: operationOf,
    verifyKey: async () => ({ kind: 'notNeeded' }),
    forget: ({ id }) => work.forget(id),
  }
}

const traitsFor = ({ concurrency }: RehearsalOptions): ProviderTraits => ({
  idempotency: 'key',
  paid: false,
  currency: 'USD',
  lane: { concurrency, createsPerMinute: null },
  pollEveryMs: 250,
  pollFloorMs: 200,
  charges: { failed: 'nothing', cancelled: 'nothing' },
  keyVariable: null,
  baseUrls: [],
})

const operationOf = (id: string): Operation => ({ id, version: 1, data: null })
const digestOf = (body: Uint8Array): string => createHash('sha256').update(body).digest('hex')

function wireOf(
  { expect, frames }: RouteRequest,
  { idempotencyKey, label }: PrepareCall,
): WireRequest {
  const recipe: RenderRecipe = {
    version: 1,
    prompt: expect.prompt,
    width: expect.width,
    height: expect.height,
    fps: expect.fps,
    durationSeconds: expect.durationSeconds,
    hasAudio: expect.hasAudio,
    seed: expect.seed ?? 0,
    firstFrame: frameOf(frames, 'firstFrame'),
    lastFrame: frameOf(frames, 'lastFrame'),
    label,
  }
  const body = new TextEncoder().encode(JSON.stringify(recipe))
  return {
    version: 1,
    method: 'POST',
    url: 'rehearsal:render',
    headers: { [KEY_HEADER]: idempotencyKey },
    body,
    fingerprint: digestOf(body),
  }
}

function frameOf(frames: readonly FrameSource[], role: FrameSource['role']): RecipeFrame | null {
  const frame = frames.find((one) => one.role === role)
  return frame?.kind === 'file' ? { sha256: frame.sha256, contentType: frame.contentType } : null
}

async function submit(work: WorkFolder, { headers, body }: WireRequest): Promise<SubmitOutcome> {
  try {
    const id = await work.begin(headers[KEY_HEADER] ?? digestOf(body), body)
    return { kind: 'accepted', operation: operationOf(id) }
  } catch (error) {
    // A recipe is on disk whole or not at all, so nothing was begun.
    return {
      kind: 'notSent',
      error: {
        kind: 'disk',
        code: 'RECIPE_NOT_KEPT',
        message: `The data folder cannot be written: ${String(error)}`,
      },
    }
  }
}

interface Running {
  progress: number
  readonly abort: AbortController
}

/** What this process knows of its renders; the work folder knows the rest. */
interface Renders {
  readonly running: Map<string, Running>
  readonly failed: Map<string, JobError>
  readonly cancelled: Set<string>
}

/** After a restart the first look at an operation starts its render again. */
async function look(
  options: RehearsalOptions,
  { work, renders }: { readonly work: WorkFolder; readonly renders: Renders },
  { operationId, signal }: { readonly operationId: string; readonly signal: AbortSignal },
): Promise<CheckOutcome> {
  const finished = await work.finished(operationId)
  if (finished !== null)
    return { kind: 'succeeded', outputs: [{ kind: 'file', path: finished.path }], cost: FREE }
  if (renders.cancelled.has(operationId)) return { kind: 'cancelled' }
  const error = renders.failed.get(operationId)
  if (error !== undefined) {
    renders.failed.delete(operationId)
    return { kind: 'failed', error }
  }
  const now = renders.running.get(operationId)
  if (now !== undefined) return { kind: 'running', progress: now.progress }
  const recipe = await work.recipe(operationId)
  if (recipe === null) return { kind: 'missing', error: RECIPE_GONE }
  if (signal.aborted) return { kind: 'unreachable', error: STOPPING }
  begin(options, { work, renders }, { operationId, recipe, signal })
  return { kind: 'running', progress: 0 }
}

interface Beginning {
  readonly operationId: string
  readonly recipe: RenderRecipe
  readonly signal: AbortSignal
}

function begin(
  options: RehearsalOptions,
  { work, renders }: { readonly work: WorkFolder; readonly renders: Renders },
  { operationId, recipe, signal }: Beginning,
): void {
  const abort = new AbortController()
  const render: Running = { progress: 0, abort }
  renders.running.set(operationId, render)
  void run(options, work, {
    operationId,
    recipe,
    failed: renders.failed,
    signal: AbortSignal.any([signal, abort.signal]),
    onProgress: (progress) => (render.progress = progress),
  }).finally(() => renders.running.delete(operationId))
}

const RECIPE_GONE: JobError = {
  kind: 'unknown',
  code: 'RECIPE_GONE',
  message: 'The recipe of this rehearsal is gone from the data folder.',
}
const STOPPING: JobError = {
  kind: 'unavailable',
  code: 'STOPPING',
  message: 'Dailies is stopping; the render goes on at the next start.',
}

interface Run {
  readonly operationId: string
  readonly recipe: RenderRecipe
  readonly failed: Map<string, JobError>
  readonly signal: AbortSignal
  readonly onProgress: (progress: number) => void
}

async function run(
  { render, framePath }: RehearsalOptions,
  work: WorkFolder,
  { operationId, recipe, failed, signal, onProgress }: Run,
): Promise<void> {
  const pathOf = (frame: RecipeFrame | null): string | null =>
    frame === null ? null : framePath(frame)
  const rendered = await render({
    recipe,
    firstFramePath: pathOf(recipe.firstFrame),
    lastFramePath: pathOf(recipe.lastFrame),
    outputPath: work.partPath(operationId),
    onProgress,
    signal,
  })
  if (rendered.ok) return work.publish(operationId)
  // Stopped by us: the next look begins it anew.
  if (!signal.aborted) failed.set(operationId, rendered.error)
}
