import type { JobError } from '../../../shared/domain/errors.ts'
import { FREE } from '../../../shared/domain/money.ts'
import { err, type Result } from '../../../shared/domain/result.ts'
import type { CheckOutcome } from '../spec.ts'
import { RECIPE_GONE, renderNotKept } from './errors.ts'
import type { RecipeFrame, RenderRecipe, RenderVideo } from './recipe.ts'
import type { WorkFolder } from './workFolder.ts'

export interface RenderOptions {
  readonly work: WorkFolder
  readonly render: RenderVideo
  /** Where a reference frame lies. */
  readonly framePath: (frame: RecipeFrame) => string
}

/** The renders of this process. What is on disk outlives it: a look begins anew what is not finished. */
export interface Renders {
  look(operationId: string): Promise<CheckOutcome>
  cancel(operationId: string): Promise<void>
  /** Resolves when nothing renders. */
  readonly idle: () => Promise<void>
}

interface Running {
  progress: number
  readonly abort: AbortController
  readonly done: Promise<void>
}

/** A full disk is mended by a person: look again after this long, not at each poll. */
const DISK_RETRY_MS = 5_000

export function createRenders(options: RenderOptions): Renders {
  const { work } = options
  const running = new Map<string, Running>()
  const failed = new Map<string, JobError>()

  const begin = (operationId: string, recipe: RenderRecipe): void => {
    const self = { progress: 0, abort: new AbortController(), done: Promise.resolve() }
    running.set(operationId, self)
    self.done = renderOne(options, { operationId, recipe, self }).then((rendered) => {
      running.delete(operationId)
      // Stopped by us: the next look, after a restart perhaps, begins it anew.
      if (!rendered.ok && rendered.error.code !== 'ABORTED') failed.set(operationId, rendered.error)
    })
  }

  const look = async (operationId: string): Promise<CheckOutcome> => {
    // Asked before the disk is: a render that ends meanwhile has published its file by then.
    const now = running.get(operationId)
    if (now !== undefined) return { kind: 'running', progress: now.progress }
    const path = await work.finished(operationId)
    if (path !== null) {
      return { kind: 'succeeded', outputs: [{ kind: 'file', path }], cost: FREE }
    }
    if (await work.isCancelled(operationId)) return { kind: 'cancelled', cost: FREE }
    const error = failed.get(operationId)
    if (error !== undefined) {
      failed.delete(operationId)
      if (error.kind !== 'disk') return { kind: 'failed', error, cost: FREE }
      return { kind: 'unreachable', error, retryAfterMs: DISK_RETRY_MS }
    }
    const recipe = await work.recipe(operationId)
    if (recipe === null) return { kind: 'missing', error: RECIPE_GONE }
    if (!running.has(operationId)) begin(operationId, recipe)
    return { kind: 'running', progress: 0 }
  }

  const cancel = async (operationId: string): Promise<void> => {
    await work.cancel(operationId)
    const now = running.get(operationId)
    now?.abort.abort()
    await now?.done
  }

  const idle = async (): Promise<void> => {
    await Promise.all([...running.values()].map(({ done }) => done))
  }
  return { look, cancel, idle }
}

interface RenderTry {
  readonly operationId: string
  readonly recipe: RenderRecipe
  readonly self: Pick<Running, 'progress' | 'abort'>
}

/** Never rejects. */
async function renderOne(
  { work, render, framePath }: RenderOptions,
  { operationId, recipe, self }: RenderTry,
): Promise<Result<void, JobError>> {
  const pathOf = (frame: RecipeFrame | null): string | null =>
    frame === null ? null : framePath(frame)
  try {
    const outputPath = await work.newPart(operationId)
    const rendered = await render({
      recipe,
      firstFramePath: pathOf(recipe.firstFrame),
      lastFramePath: pathOf(recipe.lastFrame),
      outputPath,
      onProgress: (progress) => (self.progress = progress),
      signal: self.abort.signal,
    })
    if (rendered.ok) await work.publish(operationId, outputPath)
    return rendered
  } catch (cause) {
    return err(renderNotKept(cause))
  }
}
