import { z } from 'zod'
import { FIT_WAYS, FITTED_TYPES, type FitWish, type FrameFit } from './frameFit.ts'
import { jsonObjectSchema, type JsonObject } from './json.ts'
import { FRAME_ROLES, MODES, type FrameRole, type Mode } from './model.ts'

/** A reference frame as a job holds it: a file of the content store (by digest), or a public https URL. */
export type FrameSource =
  | {
      readonly kind: 'file'
      readonly role: FrameRole
      /** Hex digest of the bytes; the file lies in the data folder's frame store under this name. */
      readonly sha256: string
      readonly contentType: string
      readonly bytes: number
      readonly width: number
      readonly height: number
      /** The name it had, for people. */
      readonly name: string
      /** What is made of it before it is sent; absent: it goes as it is. */
      readonly fit?: FrameFit | undefined
      /** What it was made from; absent: it is the picture that was brought in. */
      readonly original?: FrameOriginal | undefined
    }
  | { readonly kind: 'url'; readonly role: FrameRole; readonly url: string }

/** A still of which the bytes are at hand. */
export type FileFrame = Extract<FrameSource, { readonly kind: 'file' }>

/** The picture that a fitted frame was made from, and how. It is kept in the frame store too. */
export interface FrameOriginal {
  readonly sha256: string
  readonly contentType: string
  readonly bytes: number
  readonly width: number
  readonly height: number
  readonly name: string
  readonly fit: FrameFit
}

/**
 * What a person asked for, before any model's ways: the canonical request. Absent means "the
 * model's own default". `size` wins over `aspectRatio` and `resolution`.
 */
export interface GenerationRequest {
  readonly prompt: string
  readonly negativePrompt?: string | undefined
  readonly mode: Mode
  readonly frames: readonly FrameSource[]
  /** For frames of another shape than the clip's. */
  readonly frameFit?: FitWish | undefined
  readonly durationSeconds?: number | undefined
  /** Pixels. */
  readonly size?: { readonly width: number; readonly height: number } | undefined
  /** `W:H`, small whole numbers. */
  readonly aspectRatio?: string | undefined
  /** A tier: `480p`, `720p`, `1080p`, `1K`, `2K`, `4K` ... */
  readonly resolution?: string | undefined
  readonly fps?: number | undefined
  readonly audio?: boolean | undefined
  /** 0 is a seed. */
  readonly seed?: number | undefined
  /** `options.NAME` columns: sent under their own name, marked passthrough. */
  readonly options: JsonObject
}

const picture = {
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  contentType: z.string(),
  bytes: z.int().nonnegative(),
  width: z.int().positive(),
  height: z.int().positive(),
  name: z.string(),
}

/** What was asked for beside prompt, frames and their fit, which a job keeps elsewhere. */
export type AskedShape = Omit<GenerationRequest, 'prompt' | 'mode' | 'frames' | 'frameFit'>

export const askedShapeSchema: z.ZodType<AskedShape> = z.object({
  negativePrompt: z.string().optional(),
  durationSeconds: z.number().positive().optional(),
  size: z.object({ width: z.int().positive(), height: z.int().positive() }).optional(),
  aspectRatio: z.string().optional(),
  resolution: z.string().optional(),
  fps: z.number().positive().optional(),
  audio: z.boolean().optional(),
  seed: z.int().nonnegative().optional(),
  options: jsonObjectSchema,
})

const share = z.number().min(0).max(1)

const frameFitSchema: z.ZodType<FrameFit> = z.object({
  how: z.enum([...FIT_WAYS, 'reencode']),
  width: z.int().positive(),
  height: z.int().positive(),
  contentType: z.enum(FITTED_TYPES),
  maxBytes: z.int().positive().nullable(),
  focus: z.object({ x: share, y: share }).optional(),
})

const frameSourceSchema: z.ZodType<FrameSource> = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('file'),
    role: z.enum(FRAME_ROLES),
    ...picture,
    fit: frameFitSchema.optional(),
    original: z.object({ ...picture, fit: frameFitSchema }).optional(),
  }),
  z.object({ kind: z.literal('url'), role: z.enum(FRAME_ROLES), url: z.url() }),
])

/**
 * The canonical request after a route's ways were applied: what a provider adapter receives and what
 * a job keeps, frozen. `fields` are the wire's names and values; a frame stands in them as
 * `{ "$frame": index into frames }` until the adapter turns it into a URL, data URI or upload.
 */
export interface RouteRequest {
  readonly version: 1
  /** The route's own path or model name for this mode, e.g. `fal-ai/kling-video/v3/pro/text-to-video`. */
  readonly endpoint: string
  readonly fields: JsonObject
  readonly frames: readonly FrameSource[]
  readonly mode: Mode
  /** What will come out, as far as it is known: for the estimate, disk room, rehearsal and labels. */
  readonly expect: ExpectedOutput
}

export interface ExpectedOutput {
  readonly prompt: string
  readonly durationSeconds: number
  readonly width: number
  readonly height: number
  readonly fps: number
  readonly hasAudio: boolean
  readonly seed?: number | undefined
}

export const routeRequestSchema: z.ZodType<RouteRequest> = z.object({
  version: z.literal(1),
  endpoint: z.string(),
  fields: jsonObjectSchema,
  frames: z.array(frameSourceSchema),
  mode: z.enum(MODES),
  expect: z.object({
    prompt: z.string(),
    durationSeconds: z.number().positive(),
    width: z.int().positive(),
    height: z.int().positive(),
    fps: z.number().positive(),
    hasAudio: z.boolean(),
    seed: z.int().nonnegative().optional(),
  }),
})
