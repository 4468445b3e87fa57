import { z } from 'zod'
import type { JobError } from '../../../shared/domain/errors.ts'
import type { Result } from '../../../shared/domain/result.ts'

const frameSchema = z.object({
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  contentType: z.string(),
})

/** What is to be rendered: the body of the "request" as it is stored and digested. */
export const recipeSchema = z.object({
  version: z.literal(1),
  prompt: z.string(),
  width: z.int().positive(),
  height: z.int().positive(),
  fps: z.number().positive(),
  durationSeconds: z.number().positive(),
  hasAudio: z.boolean(),
  seed: z.int().nonnegative(),
  /** By digest; null where none was given, or where it is a URL: rehearsal has no network. */
  firstFrame: frameSchema.nullable(),
  lastFrame: frameSchema.nullable(),
  /** For people to read on the picture. */
  label: z.object({
    row: z.int(),
    take: z.int(),
    modelName: z.string(),
    providerName: z.string(),
  }),
})
export type RenderRecipe = z.infer<typeof recipeSchema>
export type RecipeFrame = z.infer<typeof frameSchema>

export interface RenderJob {
  readonly recipe: RenderRecipe
  readonly firstFramePath: string | null
  readonly lastFramePath: string | null
  /** Written there; the folder exists. Whatever lies there when the render failed is worthless. */
  readonly outputPath: string
  /** 0 to 1. */
  readonly onProgress: (progress: number) => void
  readonly signal: AbortSignal
}

/**
 * Renders a recipe: the same recipe gives the same bytes on the same machine. Errors of kind `media`
 * (ABORTED when `signal` stopped it) or `disk`.
 */
export type RenderVideo = (job: RenderJob) => Promise<Result<void, JobError>>
