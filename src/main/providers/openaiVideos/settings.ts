import { z } from 'zod'
import type { JsonObject } from '../../../shared/domain/json.ts'

/** How servers of this format differ (facts page, section 7). */
export interface Dialect {
  /** `auto`: a form when a file goes along, else JSON. */
  readonly encoding: 'json' | 'multipart' | 'auto'
  readonly seconds: 'asGiven' | 'integer'
  /** How a linked frame is written into JSON. */
  readonly linkInJson: 'object' | 'text'
  /** The form field for a linked frame; null writes `name[image_url]`, as OpenAI's own client does. */
  readonly linkField: string | null
  /** DELETE stops a running render; elsewhere it only deletes finished ones. */
  readonly cancel: 'delete' | 'none'
}

const OPENAI: Dialect = {
  encoding: 'json',
  seconds: 'asGiven',
  linkInJson: 'object',
  linkField: null,
  cancel: 'none',
}

export const PRESETS = {
  openai: OPENAI,
  'vllm-omni': { ...OPENAI, encoding: 'multipart', linkField: 'image_reference', cancel: 'delete' },
  sglang: { ...OPENAI, encoding: 'auto', seconds: 'integer', linkInJson: 'text' },
  litellm: { ...OPENAI, encoding: 'auto' },
} as const satisfies Record<string, Dialect>

/** The provider's settings: a preset, and what differs from it. */
const openaiVideosSettingsSchema = z.strictObject({
  preset: z.enum(['openai', 'vllm-omni', 'sglang', 'litellm']).default('openai'),
  encoding: z.enum(['json', 'multipart', 'auto']).optional(),
  seconds: z.enum(['asGiven', 'integer']).optional(),
  cancel: z.enum(['delete', 'none']).optional(),
})

/** The dialect that the settings name; null when they cannot be read. */
export function dialectOf(settings: JsonObject): Dialect | null {
  const parsed = openaiVideosSettingsSchema.safeParse(settings)
  if (!parsed.success) return null
  const { preset, ...own } = parsed.data
  const base: Dialect = PRESETS[preset]
  return {
    ...base,
    encoding: own.encoding ?? base.encoding,
    seconds: own.seconds ?? base.seconds,
    cancel: own.cancel ?? base.cancel,
  }
}
