import type { CanonicalField, FieldMap, FrameField } from '../domain/catalogue.ts'
import type { FrameSource } from '../domain/generation.ts'
import type { Json, JsonObject } from '../domain/json.ts'
import { FRAME_ROLES } from '../domain/model.ts'

/** Canonical values that are settled: what the wire is to say, before its names and spellings. */
export interface Settled {
  readonly prompt?: string | undefined
  readonly negativePrompt?: string | undefined
  readonly durationSeconds?: number | undefined
  /** `WxH`. */
  readonly size?: string | undefined
  readonly aspectRatio?: string | undefined
  readonly resolution?: string | undefined
  readonly fps?: number | undefined
  readonly audio?: boolean | undefined
  readonly seed?: number | undefined
}
type ScalarField = keyof Settled
/** Frames may share a list on the wire; these share no name. */
export const SCALAR_FIELDS = [
  'prompt',
  'negativePrompt',
  'durationSeconds',
  'size',
  'aspectRatio',
  'resolution',
  'fps',
  'audio',
  'seed',
] as const satisfies readonly ScalarField[]

/** The wire's names and values. Frames stand as `{ "$frame": index }`. */
export function encodeFields(
  fields: FieldMap,
  settled: Settled,
  frames: readonly FrameSource[],
): JsonObject {
  const wire: Record<string, Json> = {}
  for (const field of SCALAR_FIELDS) {
    const name = fields[field]?.name
    const value = encodeScalar(fields, field, settled)
    if (name !== undefined && value !== undefined) wire[name] = value
  }
  for (const role of FRAME_ROLES) {
    const field = fields[role]
    const indexes = frames.flatMap((frame, index) => (frame.role === role ? [index] : []))
    if (field !== undefined && indexes.length > 0) {
      wire[field.name] = joined(wire[field.name], encodeFrames(field, indexes))
    }
  }
  return wire
}

function encodeScalar(fields: FieldMap, field: ScalarField, settled: Settled): Json | undefined {
  const value = settled[field]
  if (value === undefined) return undefined
  if (field === 'durationSeconds') return spelled(Number(value), fields.durationSeconds?.as)
  if (field === 'fps') return spelled(Number(value), fields.fps?.as)
  if (field === 'aspectRatio' || field === 'resolution') {
    return fields[field]?.values?.[String(value)] ?? value
  }
  return value
}

function spelled(value: number, as: 'number' | 'digits' | 'secondsText' | undefined): Json {
  if (as === 'digits') return `${value}`
  return as === 'secondsText' ? `${value}s` : value
}

function encodeFrames(field: FrameField, indexes: readonly number[]): Json {
  const marks = indexes.map((index) => ({ $frame: index }))
  const entries = field.as.startsWith('imageUrl')
    ? marks.map((mark) => ({ image_url: mark }))
    : marks
  return field.as.endsWith('List') ? entries : (entries[0] ?? null)
}

/** Two roles may share one list on the wire. */
function joined(before: Json | undefined, added: Json): Json {
  return Array.isArray(before) && Array.isArray(added)
    ? [...(before as readonly Json[]), ...(added as readonly Json[])]
    : added
}

/** The canonical field that a wire name (or another spelling of it) stands for. */
export function fieldNamed(fields: FieldMap, name: string): CanonicalField | undefined {
  const entries = Object.entries(fields) as [CanonicalField, FieldMap[CanonicalField]][]
  return entries.find(
    ([, field]) => field?.name === name || field?.aliases?.includes(name) === true,
  )?.[0]
}

/** Reads one wire value back; empty where it cannot be read. The inverse of `encodeFields`. */
export function decodeField(fields: FieldMap, field: CanonicalField, value: Json): Settled {
  const read = readValue(fields, field, value)
  return read === undefined ? {} : { [field]: read }
}

function readValue(
  fields: FieldMap,
  field: CanonicalField,
  value: Json,
): string | number | boolean | undefined {
  if (field === 'firstFrame' || field === 'lastFrame' || field === 'reference') return undefined
  if (field === 'durationSeconds' || field === 'fps' || field === 'seed') {
    const read = readNumber(value)
    return read > 0 || (read === 0 && field === 'seed') ? read : undefined
  }
  if (field === 'audio') return readBoolean(value)
  if (typeof value !== 'string') return undefined
  const named = field === 'aspectRatio' || field === 'resolution'
  return named ? readName(fields[field]?.values, value) : value
}

function readBoolean(value: Json): boolean | undefined {
  if (value === true || value === 'true') return true
  return value === false || value === 'false' ? false : undefined
}

/** `8`, `"8"` and `"8s"`; NaN for anything else. */
function readNumber(value: Json): number {
  if (typeof value === 'number') return value
  return typeof value === 'string' && /^\d+(?:\.\d+)?s?$/.test(value.trim())
    ? Number.parseFloat(value)
    : Number.NaN
}

const readName = (values: Readonly<Record<string, string>> | undefined, wire: string): string =>
  Object.entries(values ?? {}).find(([, name]) => name === wire)?.[0] ?? wire

/** Reads back every scalar field of a wire body. */
export function decodeFields(fields: FieldMap, wire: JsonObject): Settled {
  return Object.assign(
    {},
    ...SCALAR_FIELDS.map((field) => {
      const value = wire[fields[field]?.name ?? '']
      return value === undefined ? {} : decodeField(fields, field, value)
    }),
  ) as Settled
}
