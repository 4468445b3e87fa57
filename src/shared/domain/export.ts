import { z } from 'zod'
import { idOf, takeIdSchema } from './ids.ts'
import { USUAL_EXPORT } from './usualExport.ts'

/** `prores` is a MOV for editing suites; the others are named after their files' endings. */
export const EXPORT_FORMATS = ['mp4', 'mov', 'prores', 'webm', 'gif'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** `auto` takes what is right for where the file goes. */
export const TRIM_MODES = ['auto', 'instant', 'exact'] as const
export type TrimMode = (typeof TRIM_MODES)[number]

/** Own players and editing suites obey edit lists; some sites that one uploads to do not. */
export const EXPORT_TARGETS = ['edit', 'upload'] as const
export type ExportTarget = (typeof EXPORT_TARGETS)[number]

export const EXPORT_QUALITIES = ['visuallyLossless', 'high', 'small'] as const
export type ExportQuality = (typeof EXPORT_QUALITIES)[number]

/** What to do where a file of that name lies already. Takes are never replaced, whatever this says. */
export const COLLISION_RULES = ['number', 'skip', 'replace'] as const
export type CollisionRule = (typeof COLLISION_RULES)[number]

export const exportSettingsSchema = z.strictObject({
  format: z.enum(EXPORT_FORMATS).default(USUAL_EXPORT.format),
  target: z.enum(EXPORT_TARGETS).default(USUAL_EXPORT.target),
  trim: z.enum(TRIM_MODES).default(USUAL_EXPORT.trim),
  quality: z.enum(EXPORT_QUALITIES).default(USUAL_EXPORT.quality),
  /** Pixels; null keeps the take's own. The width follows. */
  height: z.int().min(32).max(4320).nullable().default(USUAL_EXPORT.height),
  fps: z.number().min(1).max(120).nullable().default(USUAL_EXPORT.fps),
  /** How often it plays. */
  loops: z.int().min(1).max(50).default(USUAL_EXPORT.loops),
  /** Forwards, then backwards. */
  boomerang: z.boolean().default(USUAL_EXPORT.boomerang),
  mute: z.boolean().default(USUAL_EXPORT.mute),
  /** Seconds from and to black, and silence. */
  fadeSeconds: z.number().min(0).max(10).default(USUAL_EXPORT.fadeSeconds),
  /** One file of all, in the order given. */
  join: z.boolean().default(USUAL_EXPORT.join),
  naming: z.string().trim().min(1).max(300).default(USUAL_EXPORT.naming),
  collision: z.enum(COLLISION_RULES).default(USUAL_EXPORT.collision),
  /** Prompt, model, provider, seed and take id go into the file's own metadata. */
  provenance: z.boolean().default(USUAL_EXPORT.provenance),
})
export type ExportSettings = z.output<typeof exportSettingsSchema>

/** A take, or the part of it from `inFrame` to before `outFrame`; null is its start, its end. */
export const exportItemSchema = z.strictObject({
  takeId: takeIdSchema,
  inFrame: z.int().min(0).nullable(),
  outFrame: z.int().min(1).nullable(),
  /** For `{name}`; empty: the prompt does. */
  name: z.string().max(200),
})
export type ExportItem = z.output<typeof exportItemSchema>

/** `copy`: the file as it is. `instant`: its own packets. `exact`: encoded anew. */
export type ExportMethod = 'copy' | 'instant' | 'exact'

/** What would become of one item, or of all of them when they are joined. */
export interface PlannedExport {
  /** Relative to the export folder, with its ending. */
  readonly file: string
  /** Null: it cannot be exported; `words` say why. */
  readonly method: ExportMethod | null
  /** What happens and why, for the person. */
  readonly words: string
  readonly seconds: number
  /** A file of that name lies there already. */
  readonly isTaken: boolean
}

export interface ExportPlan {
  readonly folder: string
  /** In the order of the items; one alone when they are joined. */
  readonly files: readonly PlannedExport[]
  /** Space in the folder; null where it cannot be told. */
  readonly freeBytes: number | null
}

export type ExportId = `export_${string}`
export const exportIdSchema = idOf('export')

/** An export that runs or ended since the app was opened. */
export interface ExportView {
  readonly id: ExportId
  readonly state: 'running' | 'done' | 'cancelled'
  readonly folder: string
  readonly files: number
  readonly written: number
  /** Left out because a file of that name was there, by the person's choice. */
  readonly skipped: number
  /** The first 50, in words. */
  readonly failures: readonly { readonly file: string; readonly message: string }[]
  readonly failed: number
  /** 0 to 1 over all files. */
  readonly progress: number
  readonly startedAt: number
  readonly endedAt: number | null
}
