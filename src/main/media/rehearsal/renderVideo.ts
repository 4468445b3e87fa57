import { rm, writeFile } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import type { JobError } from '../../../shared/domain/errors.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { RenderJob, RenderRecipe, RenderVideo } from '../../providers/rehearsal/index.ts'
import { canWriteText } from '../ffmpegAbilities.ts'
import { readImageHead } from '../imageFile.ts'
import { fileError, mediaError } from '../mediaError.ts'
import type { FfmpegRunner } from '../runFfmpeg.ts'
import { rehearsalArgs, type Picture } from './graph.ts'
import { frameCount, overlayFor } from './overlay.ts'

/** Minutes that a second of 720p may take before the render is given up: slow machines are slow. */
const PATIENCE_MS = 60_000

/** The renderer behind the rehearsal provider. `fontsDir` holds the fonts of resources/fonts. */
export function createRenderVideo(runner: FfmpegRunner, fontsDir: string): RenderVideo {
  return async (job) => {
    const recipe = withEvenSides(job.recipe)
    const first = await pictureOf(job.firstFramePath)
    if (!first.ok) return first
    const last = await pictureOf(job.lastFramePath)
    if (!last.ok) return last
    const folder = dirname(job.outputPath)
    // The name goes into a filter graph: it must hold nothing that needs escaping.
    const name = `${basename(job.outputPath).replace(/\W+/g, '-')}.ass`
    const hasText = await canWriteText(runner, job.signal)
    try {
      if (hasText) await writeFile(join(folder, name), overlayFor(recipe))
    } catch (cause) {
      return err(fileError(cause, `write to ${folder}`))
    }
    const overlayName = hasText ? name : null
    const plan = {
      recipe,
      first: first.value,
      last: last.value,
      overlayName,
      fontsDir,
      outputPath: job.outputPath,
    }
    const run = await runner.run({
      args: rehearsalArgs(plan),
      cwd: folder,
      signal: job.signal,
      timeoutMs: timeoutFor(recipe),
      onProgress: ({ frame }) => job.onProgress(Math.min(1, frame / frameCount(recipe))),
    })
    await rm(join(folder, name), { force: true })
    return run.ok ? ok(undefined) : run
  }
}

/** H.264 in 4:2:0 has no odd sides. */
const withEvenSides = (recipe: RenderRecipe): RenderRecipe => ({
  ...recipe,
  width: Math.max(16, Math.floor(recipe.width / 2) * 2),
  height: Math.max(16, Math.floor(recipe.height / 2) * 2),
})

const timeoutFor = ({ width, height, durationSeconds }: RenderJob['recipe']): number =>
  PATIENCE_MS * Math.max(1, durationSeconds * Math.max(1, (width * height) / (1280 * 720)))

async function pictureOf(path: string | null): Promise<Result<Picture | null, JobError>> {
  if (path === null) return ok(null)
  const head = await readImageHead(path)
  if (head.ok) return ok({ path, head: head.value })
  const { message, mend } = head.error
  return err(mediaError('FRAME_UNREADABLE', `A reference frame cannot be used. ${message} ${mend}`))
}
