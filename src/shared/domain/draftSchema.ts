import { z } from 'zod'
import {
  lostFrameOf,
  MAX_ADDRESS,
  MAX_CELL_TEXT,
  MAX_LONG_TEXT,
  MAX_MODELS,
  MAX_VARIABLES,
  type ColumnLayout,
  type DraftDefaults,
  type DraftOptions,
  type DraftRow,
  type DraftRowId,
  type FrameRef,
  type LostFrame,
  type ModelChoice,
} from './draft.ts'
import { frameIdSchema, idOf, modelIdSchema, providerIdSchema } from './ids.ts'

const cell = z.string().max(MAX_CELL_TEXT)
/** One look at each of what may be millions of cells; a schema for every value takes ten times as long. */
const cells = z.custom<Readonly<Record<string, string>>>(
  (value) => isPlainObject(value) && Object.entries(value).every(isCell),
  { error: 'must be texts by name' },
)

const isPlainObject = (value: unknown): value is object =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const isCell = ([name, text]: [string, unknown]): boolean =>
  name !== '' && name.length <= 200 && typeof text === 'string' && text.length <= MAX_LONG_TEXT

export const draftIdSchema = idOf('draft')
export const draftRowIdSchema = z.custom<DraftRowId>(
  (value) => typeof value === 'string' && /^row_[0-9A-Za-z-]{4,40}$/.test(value),
  { error: 'must be a row id' },
)

const frameRefSchema = z.union([
  frameIdSchema,
  z.url({ protocol: /^https$/ }).max(MAX_ADDRESS),
  z.custom<LostFrame>((value) => typeof value === 'string' && lostFrameOf(value) !== null),
]) as z.ZodType<FrameRef>

const modelChoiceSchema: z.ZodType<ModelChoice> = z.strictObject({
  model: modelIdSchema,
  provider: providerIdSchema.nullable(),
})

const defaultsShape = {
  models: z.array(modelChoiceSchema).max(MAX_MODELS),
  duration: cell,
  size: cell,
  aspectRatio: cell,
  resolution: cell,
  takes: cell,
  seed: cell,
}
export const draftDefaultsSchema: z.ZodType<DraftDefaults> = z.strictObject(defaultsShape)

export const draftRowSchema: z.ZodType<DraftRow> = z.strictObject({
  ...defaultsShape,
  id: draftRowIdSchema,
  position: z.number(),
  prompt: z.string().max(MAX_LONG_TEXT),
  plain: z.boolean(),
  negativePrompt: z.string().max(MAX_LONG_TEXT),
  firstFrame: frameRefSchema.nullable(),
  lastFrame: frameRefSchema.nullable(),
  references: z.array(frameRefSchema).max(20),
  tags: z.array(z.string().min(1).max(100)).max(100),
  name: cell,
  variables: cells,
  options: cells,
})

export const draftOptionsSchema: z.ZodType<DraftOptions> = z.strictObject({
  expand: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('product') }),
    z.strictObject({ kind: z.literal('pairs') }),
    z.strictObject({ kind: z.literal('random'), count: z.int().min(1).max(10_000) }),
  ]),
  project: z.string().min(1).max(200).nullable(),
  cap: z
    .strictObject({ micros: z.int().nonnegative(), currency: z.string().regex(/^[A-Z]{3}$/) })
    .nullable(),
  allowUnpriced: z.boolean(),
  concurrency: z.int().min(1).max(1000).nullable(),
})

const columnId = z.string().min(1).max(250)
export const columnLayoutSchema: z.ZodType<ColumnLayout> = z.strictObject({
  order: z.array(columnId).max(1100),
  hidden: z.array(columnId).max(1100),
  widths: z.record(columnId, z.number().min(1).max(10_000)),
  frozen: z.int().min(0).max(100).optional(),
})

/** The parts of a draft's head that a person changes. */
export const draftHeadSchema = z.strictObject({
  name: z.string().trim().min(1).max(200),
  defaults: draftDefaultsSchema,
  options: draftOptionsSchema,
  variables: z.array(z.string().min(1).max(200)).max(MAX_VARIABLES),
  layout: columnLayoutSchema.nullable(),
})
