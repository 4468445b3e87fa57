import type { FrameSource, RouteRequest } from '../../../shared/domain/generation.ts'
import type { Json, JsonObject } from '../../../shared/domain/json.ts'
import { describeFields, describeFrame, frameIndex, hide, isObject } from '../http/frames.ts'
import type { Dialect } from './settings.ts'

/** A field of a form, before its frames are read. */
export type FieldPart =
  | { readonly name: string; readonly text: string }
  | { readonly name: string; readonly frame: FrameSource & { kind: 'file' } }

/** Whether this request goes as a form. */
export function isForm({ encoding }: Dialect, { frames }: RouteRequest): boolean {
  return (
    encoding === 'multipart' || (encoding === 'auto' && frames.some(({ kind }) => kind === 'file'))
  )
}

/** The JSON body; `fields` hold their frames already. */
export function createBody(model: string, fields: JsonObject, dialect: Dialect): JsonObject {
  const entries = Object.entries(withSeconds(fields, dialect)).map(([name, value]) => {
    const link = isObject(value) ? value['image_url'] : undefined
    return [name, dialect.linkInJson === 'text' && link !== undefined ? link : value] as const
  })
  return { model, ...Object.fromEntries(entries) }
}

/** The fields of a form: scalars as text, structures as JSON text, frames as files. */
export function createParts(request: RouteRequest, dialect: Dialect): readonly FieldPart[] {
  const fields = { model: request.endpoint, ...withSeconds(request.fields, dialect) }
  return Object.entries(fields).flatMap(([name, value]) =>
    partsOf(name, value, { request, dialect }),
  )
}

function partsOf(
  name: string,
  value: Json,
  { request, dialect }: { request: RouteRequest; dialect: Dialect },
): readonly FieldPart[] {
  if (Array.isArray(value) && value.some((entry: Json) => frameOf(entry, request) !== undefined)) {
    return (value as readonly Json[]).flatMap((entry) => partsOf(name, entry, { request, dialect }))
  }
  const frame = frameOf(value, request)
  if (frame?.kind === 'file') return [{ name, frame }]
  if (frame !== undefined) return [linkPart(name, frame.url, dialect)]
  return [{ name, text: typeof value === 'string' ? value : JSON.stringify(value) }]
}

function linkPart(name: string, url: string, { linkField }: Dialect): FieldPart {
  return linkField === null
    ? { name: `${name}[image_url]`, text: url }
    : { name: linkField, text: JSON.stringify({ image_url: url }) }
}

/** The frame that a field stands for: bare or as `{ image_url }`. */
function frameOf(value: Json, { frames }: RouteRequest): FrameSource | undefined {
  const inner = isObject(value) ? (value['image_url'] ?? value) : value
  const index = frameIndex(inner)
  return index === null ? undefined : frames[index]
}

function withSeconds(fields: JsonObject, { seconds }: Dialect): JsonObject {
  const given = fields['seconds']
  return seconds === 'integer' && given !== undefined
    ? { ...fields, seconds: Math.round(Number(given)) }
    : fields
}

/** What `plan` shows. */
export function describeBody(request: RouteRequest, dialect: Dialect): JsonObject {
  if (!isForm(dialect, request))
    return createBody(request.endpoint, describeFields(request), dialect)
  const parts = createParts(request, dialect)
  return Object.fromEntries(
    parts.map((part) => [
      part.name,
      'text' in part ? hide(part.name, part.text) : describeFrame(part.frame),
    ]),
  )
}
