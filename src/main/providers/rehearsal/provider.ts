import type { Operation } from '../../../shared/domain/job.ts'
import { ok } from '../../../shared/domain/result.ts'
import type {
  FindQuery,
  FoundOperation,
  ProviderTraits,
  SubmitOutcome,
  VideoProvider,
  WireRequest,
} from '../spec.ts'
import { cancelNotKept, recipeNotKept } from './errors.ts'
import type { RecipeFrame, RenderVideo } from './recipe.ts'
import { createRenders } from './renders.ts'
import { KEY_HEADER, digestOf, wireOf } from './request.ts'
import { openWorkFolder, type WorkFolder } from './workFolder.ts'

export interface RehearsalOptions {
  readonly workDir: string
  readonly render: RenderVideo
  /** Where a reference frame lies. */
  readonly framePath: (frame: RecipeFrame) => string
  /** Renders at once; each takes about one core. */
  readonly concurrency: number
}
export interface Rehearsal extends VideoProvider {
  /** Resolves when nothing renders. */
  idle(): Promise<void>
}

/** A provider that renders here, free: every rule of a paid one holds for it. */
export function createRehearsal({ workDir, concurrency, ...rest }: RehearsalOptions): Rehearsal {
  const work = openWorkFolder(workDir)
  const renders = createRenders({ work, ...rest })
  return {
    id: 'rehearsal',
    name: 'Rehearsal',
    traits: traitsFor(concurrency),
    describe: () => null,
    prepare: async (request, call) => ok(wireOf(request, call)),
    submit: (wire) => submit(work, wire),
    check: ({ id }) => renders.look(id),
    cancel: async ({ id }) => {
      if ((await work.finished(id)) !== null) return { kind: 'tooLate' }
      try {
        if ((await work.recipe(id)) !== null) await renders.cancel(id)
        return { kind: 'requested', note: 'Rehearsal stops and costs nothing.' }
      } catch (cause) {
        return { kind: 'unreachable', error: cancelNotKept(cause) }
      }
    },
    findSubmitted: async (query) => ok(await find(work, query)),
    operationFromId: operationOf,
    verifyKey: async () => ({ kind: 'notNeeded' }),
    forget: ({ id }) => work.forget(id),
    idle: renders.idle,
  }
}

const traitsFor = (concurrency: number): ProviderTraits => ({
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

async function submit(work: WorkFolder, { headers, body }: WireRequest): Promise<SubmitOutcome> {
  try {
    const id = await work.begin(headers[KEY_HEADER] ?? digestOf(body), body)
    return { kind: 'accepted', operation: operationOf(id) }
  } catch (cause) {
    return { kind: 'notSent', error: recipeNotKept(cause) }
  }
}

async function find(
  work: WorkFolder,
  { sinceMs, wire }: FindQuery,
): Promise<readonly FoundOperation[]> {
  const wanted = digestOf(wire.body)
  const entries = (await work.list()).filter(({ createdAtMs }) => createdAtMs >= sinceMs)
  return entries.map(({ operationId, createdAtMs, body }) => ({
    operation: operationOf(operationId),
    createdAtMs,
    match: digestOf(body) === wanted ? 'same' : 'different',
  }))
}
