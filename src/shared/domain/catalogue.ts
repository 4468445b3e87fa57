import { z } from 'zod'
import { modelIdSchema, providerIdSchema, routeIdSchema } from './ids.ts'
import { jsonSchema } from './json.ts'
import { FRAME_ROLES, MODES, type Lifecycle } from './model.ts'

/**
 * A model file (`resources/models/<id>.json`, or the person's own): what a model can do and how each
 * canonical field reaches each provider. Data only; docs/adding-a-model.md is the recipe.
 * Absent always means unknown: nothing here is a guess.
 */

const day = z.iso.date({ error: 'must be a day such as 2026-11-22' })
const text = z.string().min(1, { error: 'must not be empty' })
export const ratioSchema = z
  .string()
  .regex(/^[1-9]\d{0,3}:[1-9]\d{0,3}$/, { error: 'must be a ratio such as 16:9' })
const pixels = z.int().min(16).max(16_384)

/** Allowed values in seconds: a list, or every `step` from `from` to `to`. */
const durationsSchema = z.union([
  z.array(z.number().positive()).min(1),
  z.strictObject({
    from: z.number().positive(),
    to: z.number().positive(),
    step: z.number().positive(),
  }),
])
export type Durations = z.infer<typeof durationsSchema>

/** A tier such as `720p`, `1K` or `0.25MP`, with the exact pixels per ratio where they are published. */
const resolutionSchema = z.strictObject({
  name: text,
  sizes: z.record(ratioSchema, z.tuple([pixels, pixels])).optional(),
})
export type Resolution = z.infer<typeof resolutionSchema>

const frameLimitsSchema = z.strictObject({
  maxCount: z.int().positive().optional(),
  maxBytes: z.int().positive().optional(),
  /** Content types, the preferred one first. */
  formats: z.array(z.enum(['image/jpeg', 'image/png', 'image/webp', 'image/gif'])).optional(),
  /** Pixels of the shorter and of the longer side. */
  minSide: z.int().positive().optional(),
  maxSide: z.int().positive().optional(),
  /** The provider refuses a frame whose ratio is not the output's. */
  exactRatio: z.boolean().optional(),
})
export type FrameLimits = z.infer<typeof frameLimitsSchema>

export const capabilitiesSchema = z.strictObject({
  durations: durationsSchema.optional(),
  /** Where a tier allows other durations than `durations`. */
  durationsAt: z.record(z.string(), durationsSchema).optional(),
  ratios: z.array(ratioSchema).min(1).optional(),
  resolutions: z.array(resolutionSchema).min(1).optional(),
  /** Any width and height within these pixels, instead of `resolutions`. */
  sizeRange: z
    .strictObject({ min: pixels, max: pixels, multipleOf: z.int().positive() })
    .optional(),
  fps: z.array(z.number().positive()).min(1).optional(),
  audio: z.enum(['always', 'optional', 'never']).optional(),
  seedMax: z.int().positive().optional(),
  promptMaxChars: z.int().positive().optional(),
  frames: z.partialRecord(z.enum(FRAME_ROLES), frameLimitsSchema).optional(),
  /** With no ratio asked for, the output takes the first frame's shape. */
  shapeFromFrame: z.boolean().optional(),
  /** What the provider uses for a field that is not sent. */
  defaults: z
    .strictObject({
      durationSeconds: z.number().positive().optional(),
      aspectRatio: ratioSchema.optional(),
      resolution: text.optional(),
      fps: z.number().positive().optional(),
      audio: z.boolean().optional(),
    })
    .optional(),
})
/** What a model can do on one route in one mode. */
export type Capabilities = z.infer<typeof capabilitiesSchema>

const named = { name: text, aliases: z.array(text).optional() }
/** Canonical value to the wire's, where they differ: `{ "16:9": "landscape" }`. */
const values = z.record(z.string(), z.string()).optional()

/**
 * How each canonical field is called and written on the wire. An absent field does not exist there.
 * `default` is sent when nothing was asked for.
 */
const fieldShapes = {
  prompt: z.strictObject(named),
  negativePrompt: z.strictObject(named),
  durationSeconds: z.strictObject({
    ...named,
    /** `8`, `"8"` or `"8s"`. */
    as: z.enum(['number', 'digits', 'secondsText']),
    default: z.number().positive().optional(),
  }),
  /** `"1280x720"`. */
  size: z.strictObject({ ...named, default: z.string().optional() }),
  aspectRatio: z.strictObject({ ...named, values, default: z.string().optional() }),
  resolution: z.strictObject({ ...named, values, default: z.string().optional() }),
  fps: z.strictObject({ ...named, as: z.enum(['number', 'digits']) }),
  audio: z.strictObject({ ...named, default: z.boolean().optional() }),
  seed: z.strictObject(named),
}
/** `frame`: the frame itself; `imageUrl`: `{ image_url: frame }`; the others are lists of these. */
const frameFieldSchema = z.strictObject({
  ...named,
  as: z.enum(['frame', 'frameList', 'imageUrl', 'imageUrlList']),
})
export type FrameField = z.infer<typeof frameFieldSchema>

const allFields = {
  ...fieldShapes,
  firstFrame: frameFieldSchema,
  lastFrame: frameFieldSchema,
  reference: frameFieldSchema,
}
const fieldMapSchema = z.strictObject(allFields).partial()
export type FieldMap = z.infer<typeof fieldMapSchema>
export type CanonicalField = keyof typeof allFields

const nullable = <T extends z.ZodType>(schema: T) => schema.nullable().optional()
/** As the route's own map; `null` takes a field of the route away for this mode. */
const modeFieldMapSchema = z.strictObject({
  prompt: nullable(allFields.prompt),
  negativePrompt: nullable(allFields.negativePrompt),
  durationSeconds: nullable(allFields.durationSeconds),
  size: nullable(allFields.size),
  aspectRatio: nullable(allFields.aspectRatio),
  resolution: nullable(allFields.resolution),
  fps: nullable(allFields.fps),
  audio: nullable(allFields.audio),
  seed: nullable(allFields.seed),
  firstFrame: nullable(allFields.firstFrame),
  lastFrame: nullable(allFields.lastFrame),
  reference: nullable(allFields.reference),
})

/** Options of the provider that have no canonical field, by the type that the wire wants. */
export const OPTION_TYPES = ['string', 'number', 'integer', 'boolean', 'strings', 'json'] as const
export type OptionType = (typeof OPTION_TYPES)[number]
const optionsSchema = z.record(z.string(), z.enum(OPTION_TYPES))
const constantsSchema = z.record(z.string(), jsonSchema)

/** So that a clip of an hour can still be counted in whole micros. */
const priceSchema = z.number().nonnegative().max(100_000)

/** One price. Where several fit a request the highest counts: a reservation is a maximum. */
const priceRuleSchema = z
  .strictObject({
    /** Every condition named must hold; what the request leaves open holds. */
    when: z
      .strictObject({
        resolution: z.array(text).min(1).optional(),
        audio: z.boolean().optional(),
        mode: z.array(z.enum(MODES)).min(1).optional(),
        durationSeconds: z.array(z.number().positive()).min(1).optional(),
        /** Holds when one of these options is set. */
        withOption: z.array(text).min(1).optional(),
      })
      .optional(),
    /** Decimal amount, e.g. dollars. Exactly one of the two. */
    perSecond: priceSchema.optional(),
    perClip: priceSchema.optional(),
    currency: z.string().regex(/^[A-Z]{3}$/, { error: 'must be a currency code such as USD' }),
    checkedOn: day,
    source: text,
  })
  .refine((rule) => (rule.perSecond === undefined) !== (rule.perClip === undefined), {
    error: 'must give either perSecond or perClip, and not both',
  })
export type PriceRule = z.infer<typeof priceRuleSchema>

/** Amounts of two currencies cannot be compared, and the highest counts. */
const pricesSchema = z
  .array(priceRuleSchema)
  .refine((rules) => new Set(rules.map(({ currency }) => currency)).size < 2, {
    error: 'must be in one currency',
  })

const figures = {
  typicalRenderSeconds: z.number().positive().optional(),
  bytesPerSecond: z.number().positive().optional(),
}

const routeModeSchema = z.strictObject({
  /** Path or model name at the provider, e.g. `fal-ai/veo3.1/fast`; the body's `model` on OpenAI-shaped ones. */
  endpoint: text,
  fields: modeFieldMapSchema.optional(),
  constants: constantsSchema.optional(),
  options: optionsSchema.optional(),
  capabilities: capabilitiesSchema.optional(),
})

const routeSchema = z.strictObject({
  id: routeIdSchema,
  provider: providerIdSchema,
  /** The provider's first choice when no model is named. At most one model per provider. */
  default: z.literal(true).optional(),
  modes: z.partialRecord(z.enum(MODES), routeModeSchema),
  fields: fieldMapSchema,
  /** Sent with every request as they are. */
  constants: constantsSchema.optional(),
  options: optionsSchema.optional(),
  /** Replaces the model's, member by member. */
  capabilities: capabilitiesSchema.optional(),
  /** Names that pin a gateway to one upstream (Lumenfall: `fal/sora-2-pro`), with the modes each has. */
  forced: z.record(z.string(), z.array(z.enum(MODES)).min(1)).optional(),
  prices: pricesSchema,
  ...figures,
  source: text,
  checkedOn: day,
})

const replaceable = {
  on: day.optional(),
  replacements: z.array(modelIdSchema),
  source: text.optional(),
}
const lifecycleSchema: z.ZodType<Lifecycle> = z.discriminatedUnion('status', [
  z.strictObject({ status: z.literal('active') }),
  z.strictObject({ status: z.literal('deprecated'), ...replaceable }),
  z.strictObject({ status: z.literal('retired'), ...replaceable }),
])

export const modelFileSchema = z.strictObject({
  id: modelIdSchema,
  name: text,
  creator: text,
  lifecycle: lifecycleSchema,
  capabilities: capabilitiesSchema,
  routes: z.array(routeSchema).min(1),
  ...figures,
  source: text,
  checkedOn: day,
})
export type ModelFile = z.infer<typeof modelFileSchema>
export type RouteFile = z.infer<typeof routeSchema>
export type RouteModeFile = z.infer<typeof routeModeSchema>

/** A person's own file that changes nothing but prices: route id to the rules that hold instead. */
export const priceFileSchema = z.strictObject({
  id: modelIdSchema,
  prices: z.record(routeIdSchema, pricesSchema),
})
export type PriceFile = z.infer<typeof priceFileSchema>
