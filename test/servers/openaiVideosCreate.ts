import { formBody, isRecord, jsonBody, type FormPart } from './bodies.ts'
import type { Asked } from './protocol.ts'

/** Who answers: OpenAI's own format, or one of the servers that speak it (facts page, section 7). */
export const DIALECTS = ['openai', 'vllm-omni', 'sglang', 'litellm'] as const
export type DialectName = (typeof DIALECTS)[number]

type Refusal = { readonly status: number; readonly message: string; readonly code?: string }
type Read = { readonly input: Record<string, unknown> } | Refusal

const OPENAI_FIELDS = [
  'model',
  'prompt',
  'seconds',
  'size',
  'input_reference',
  'input_reference[image_url]',
]
const VLLM_FIELDS = [
  'model', 'prompt', 'seconds', 'size', 'user', 'input_reference', 'image_reference', 'video_reference', 'audio_reference',
  'width', 'height', 'num_frames', 'fps', 'num_inference_steps', 'guidance_scale', 'guidance_scale_2', 'boundary_ratio',
  'flow_shift', 'true_cfg_scale', 'seed', 'generate_sound', 'sound_duration', 'negative_prompt', 'lora', 'extra_params',
] // prettier-ignore
const SGLANG_FIELDS = [
  'model',
  'prompt',
  'seconds',
  'size',
  'input_reference',
  'fps',
  'num_frames',
  'seed',
  'extra_body',
]

/** Reads a create as the server in question would, or says how it would refuse it. */
export function readCreate(asked: Pick<Asked, 'headers' | 'body'>, dialect: DialectName): Read {
  const form = formBody(asked)
  const json = jsonBody(asked)
  if (form === null && json === null)
    return { status: 400, message: 'The body is neither JSON nor a form.' }
  if (dialect === 'vllm-omni' && form === null)
    return { status: 422, message: 'prompt: Field required' }
  if (
    dialect === 'sglang' &&
    form !== null &&
    !form.some((part) => part.name === 'input_reference' && part.fileName !== null)
  ) {
    return { status: 400, message: 'input_reference file is required' }
  }
  const fields = json ?? formFields(form ?? [])
  const wrong = wrongField(fields, dialect, form !== null)
  if (wrong !== null)
    return { status: 400, message: `Invalid value for '${wrong}'.`, code: 'invalid_value' }
  return { input: fields }
}

/** Files stand as their type and size. */
function formFields(parts: readonly FormPart[]): Record<string, unknown> {
  return Object.fromEntries(
    parts.map(({ name, fileName, contentType, bytes }) => [
      name,
      fileName === null
        ? Buffer.from(bytes).toString('utf8')
        : { fileName, contentType, bytes: bytes.byteLength },
    ]),
  )
}

function wrongField(
  fields: Record<string, unknown>,
  dialect: DialectName,
  isForm: boolean,
): string | null {
  const known = {
    openai: OPENAI_FIELDS,
    'vllm-omni': VLLM_FIELDS,
    sglang: SGLANG_FIELDS,
    litellm: null,
  }[dialect]
  const unknown =
    known === null ? undefined : Object.keys(fields).find((name) => !known.includes(name))
  if (unknown !== undefined) return unknown
  const { prompt, seconds, size, model } = fields
  if (typeof prompt !== 'string' || prompt.length < 1 || prompt.length > 32_000) return 'prompt'
  if (dialect !== 'vllm-omni' && dialect !== 'sglang' && typeof model !== 'string') return 'model'
  if (seconds !== undefined && !isSeconds(seconds, dialect, isForm)) return 'seconds'
  if (size !== undefined && (typeof size !== 'string' || !/^\d+x\d+$/.test(size))) return 'size'
  return isReference(fields, dialect, isForm) ? null : 'input_reference'
}

/** OpenAI wants digits in a text and, for its own models, one of five; SGLang an integer. */
function isSeconds(seconds: unknown, dialect: DialectName, isForm: boolean): boolean {
  if (dialect === 'sglang' && !isForm) return Number.isInteger(seconds)
  return typeof seconds === 'string' && /^\d+$/.test(seconds)
}

function isReference(
  fields: Record<string, unknown>,
  dialect: DialectName,
  isForm: boolean,
): boolean {
  const { input_reference: reference, image_reference: image } = fields
  if (
    image !== undefined &&
    (reference !== undefined || typeof image !== 'string' || !isRecord(JSON.parse(image)))
  )
    return false
  if (reference === undefined) return true
  if (isForm)
    return (
      isRecord(reference) &&
      Number(reference['bytes']) > 0 &&
      String(reference['contentType']).startsWith('image/')
    )
  if (dialect === 'sglang') return typeof reference === 'string'
  const url = isRecord(reference) ? reference['image_url'] : undefined
  return typeof url === 'string' && url.length <= 20_971_520 && /^(https?:|data:image\/)/.test(url)
}
