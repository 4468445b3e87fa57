import { writeFile } from 'node:fs/promises'
import { z } from 'zod'
import type { JobError } from '../../shared/domain/errors.ts'
import { routeRequestSchema } from '../../shared/domain/generation.ts'
import { batchIdSchema, jobIdSchema, takeIdSchema } from '../../shared/domain/ids.ts'
import { isTooDeep, jsonSchema, parseJson } from '../../shared/domain/json.ts'
import { moneySchema } from '../../shared/domain/moneySchema.ts'
import { takeReviewSchema } from '../../shared/domain/takeReview.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { publish } from './publish.ts'

const factsSchema = z.looseObject({
  durationSeconds: z.number().positive(),
  width: z.int().positive(),
  height: z.int().positive(),
  fps: z.number().nonnegative(),
  hasAudio: z.boolean(),
  videoCodec: z.string(),
  audioCodec: z.string().nullable(),
})

/**
 * What lies beside each take: enough to make it again and to rebuild the database. Fields may be
 * added without a new version; unknown ones are kept when a sidecar is written again.
 */
export const sidecarSchema = z.looseObject({
  format: z.literal('dailies-take'),
  /** Changed only when an older app would misread the file. */
  version: z.literal(1),
  appVersion: z.string(),
  takeId: takeIdSchema,
  jobId: jobIdSchema,
  batchId: batchIdSchema,
  batchName: z.string(),
  /** Absent or null where the batch has none. */
  project: z.string().nullish(),
  row: z.int().positive(),
  take: z.int().positive(),
  /** Which of the operation's outputs, from 0. */
  takeNo: z.int().nonnegative(),
  tags: z.array(z.string()),
  prompt: z.string(),
  /** What the prompt was made from; absent or null where the row said the prompt itself. */
  template: z.string().nullish(),
  provider: z.string(),
  model: z.string(),
  modelName: z.string(),
  route: z.string(),
  seed: z.int().nullable(),
  request: routeRequestSchema,
  /** The create call as it was sent, files by digest; null where nothing was sent. Never a key. */
  sent: z.looseObject({ method: z.string(), url: z.string(), body: jsonSchema }).nullable(),
  operationId: z.string().nullable(),
  cost: moneySchema.nullable(),
  /** Epoch ms. */
  times: z.looseObject({
    createdAt: z.int(),
    submittedAt: z.int().nullable(),
    renderedAt: z.int().nullable(),
    deliveredAt: z.int().nullable(),
  }),
  renderMs: z.number().nonnegative().nullable(),
  file: z.looseObject({
    name: z.string(),
    bytes: z.int().nonnegative(),
    /** Hex. */
    sha256: z.string().regex(/^[0-9a-f]{64}$/),
  }),
  facts: factsSchema.nullable(),
  /** What the person said of it since; unreadable is as unsaid: the take itself comes back all the same. */
  review: takeReviewSchema.optional().catch(undefined),
})
export type Sidecar = z.infer<typeof sidecarSchema>

/** Why a sidecar could not be read. */
export interface SidecarProblem {
  readonly code: 'notJson' | 'notSidecar' | 'newerVersion' | 'invalid'
  readonly message: string
}

const headSchema = z.object({ format: z.literal('dailies-take'), version: z.number() })

/** Reads the text of a sidecar. A higher version is refused, unknown fields are kept. */
export function parseSidecar(text: string): Result<Sidecar, SidecarProblem> {
  let value: unknown
  try {
    value = parseJson(text)
  } catch {
    return err({ code: 'notJson', message: 'The sidecar is not JSON; it was cut off or edited.' })
  }
  const head = headSchema.safeParse(value)
  if (!head.success || isTooDeep(value)) {
    return err({ code: 'notSidecar', message: 'The JSON file is not a sidecar of Dailies.' })
  }
  if (head.data.version > 1) {
    const message = 'A newer version of Dailies wrote this sidecar. Update the app to read it.'
    return err({ code: 'newerVersion', message })
  }
  const parsed = sidecarSchema.safeParse(value)
  if (parsed.success) return ok(parsed.data)
  const issue = parsed.error.issues[0]
  const where = issue?.path.join('.') ?? 'it'
  return err({
    code: 'invalid',
    message: `The sidecar is damaged: ${where} ${issue?.message ?? ''}`,
  })
}

/** Writes a sidecar whole or not at all, replacing an older one. */
export const writeSidecar = (path: string, sidecar: Sidecar): Promise<Result<void, JobError>> =>
  publish([path], async ([temp]) => {
    if (temp !== undefined) await writeFile(temp, `${JSON.stringify(sidecar, null, 2)}\n`)
    return ok(undefined)
  })

/** `clip.dailies.json` for `clip.mp4`. */
export const sidecarPathFor = (videoPath: string): string =>
  videoPath.replace(/(\.[^./\\]+)?$/, '.dailies.json')
