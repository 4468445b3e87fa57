import type { WireField, WirePreview } from '../../../shared/domain/draftCheck.ts'
import type { FrameSource } from '../../../shared/domain/generation.ts'
import type { PlannedJob } from '../../../shared/domain/job.ts'
import type { Json } from '../../../shared/domain/json.ts'
import type { Money } from '../../../shared/domain/money.ts'
import type { RouteMode } from '../../../shared/domain/route.ts'
import { quote } from '../../../shared/normalise/price.ts'
import { fieldNamed } from '../../../shared/normalise/wire.ts'
import type { Catalogue } from '../catalogue.ts'
import { REHEARSAL } from '../../../shared/normalise/rehearsal.ts'

export interface WirePreviewTools {
  readonly catalogue: Catalogue
  readonly providerName: (id: string) => string
}

/** What is sent for the first job of each model and provider among the jobs of a row. */
export function wirePreviews(
  jobs: readonly PlannedJob[],
  tools: WirePreviewTools,
): readonly WirePreview[] {
  const ways = new Map<string, { first: PlannedJob; jobs: number }>()
  for (const job of jobs) {
    const key = `${job.provider} ${job.model}`
    const known = ways.get(key)
    ways.set(key, { first: known?.first ?? job, jobs: (known?.jobs ?? 0) + 1 })
  }
  return [...ways.values()].map(({ first, jobs: many }) => previewOf(first, many, tools))
}

function previewOf(
  job: PlannedJob,
  jobs: number,
  { catalogue, providerName }: WirePreviewTools,
): WirePreview {
  const { request, estimate, provider, model, modelName, route, prompt } = job
  const known = catalogue.route(route)
  const price = known === undefined ? null : quote(known, request)
  return {
    model,
    modelName,
    provider,
    route,
    routeWhy: job.routeWhy ?? null,
    prompt,
    jobs,
    estimate,
    providerName: providerName(provider),
    mode: request.mode,
    endpoint: provider === REHEARSAL ? 'this machine' : request.endpoint,
    fields:
      provider === REHEARSAL ? rehearsalFields(job) : fieldsOf(job, known?.modes[request.mode]),
    total: estimate === null ? null : times(estimate, jobs),
    priceText: price?.howComputed ?? null,
  }
}

const times = (money: Money, count: number): Money => ({ ...money, micros: money.micros * count })

/** Nothing is sent: what will be rendered here, in the words of the grid. */
function rehearsalFields({ request, warnings }: PlannedJob): readonly WireField[] {
  const { prompt, durationSeconds, width, height, fps, hasAudio, seed } = request.expect
  const parts: readonly (readonly [string, string, Json | undefined])[] = [
    ['prompt', 'prompt', prompt],
    ['duration', 'durationSeconds', durationSeconds],
    ['size', 'size', `${width}x${height}`],
    ['frames a second', 'fps', fps],
    ['sound', 'audio', hasAudio],
    ['seed', 'seed', seed],
    ...request.frames.map((frame) => [FRAMES[frame.role], frame.role, frameName(frame)] as const),
  ]
  const told = new Map(warnings.map((warning) => [warning.field, warning]))
  return parts.flatMap(([name, from, value]): WireField[] => {
    if (value === undefined) return []
    const warning = told.get(from)
    const behaviour = warning?.behaviour ?? 'passthrough'
    return [{ name, from, value, behaviour, message: warning?.message ?? null }]
  })
}

const FRAMES = {
  firstFrame: 'first frame',
  lastFrame: 'last frame',
  reference: 'reference',
} as const

/** Sent fields in the order of the body, then what was dropped. */
function fieldsOf(
  { request, warnings }: PlannedJob,
  mode: RouteMode | undefined,
): readonly WireField[] {
  const told = new Map(warnings.map((warning) => [warning.field, warning]))
  const sent = Object.entries(request.fields).map(([name, value]): WireField => {
    const from = (mode === undefined ? undefined : fieldNamed(mode.fields, name)) ?? name
    const warning = told.get(from) ?? told.get(name)
    const plain = from === name || CANONICAL[from] === name ? 'passthrough' : 'renamed'
    const isTold = warning !== undefined && warning.behaviour !== 'dropped'
    return {
      name,
      from,
      value: shown(value, request.frames),
      behaviour: isTold ? warning.behaviour : plain,
      message: isTold ? warning.message : null,
    }
  })
  const dropped = warnings
    .filter(({ behaviour }) => behaviour === 'dropped')
    .map(({ field, message }): WireField => {
      return { name: null, from: field, value: null, behaviour: 'dropped', message }
    })
  return [...sent, ...dropped]
}

/** The canonical fields as a batch file writes them: such a name on the wire is no renaming. */
const CANONICAL: Readonly<Record<string, string>> = {
  negativePrompt: 'negative_prompt',
  durationSeconds: 'duration',
  aspectRatio: 'aspect_ratio',
  firstFrame: 'first_frame',
  lastFrame: 'last_frame',
}

/** Frames by the name a person knows them by. */
function shown(value: Json, frames: readonly FrameSource[]): Json {
  if (Array.isArray(value)) return value.map((entry: Json) => shown(entry, frames))
  if (typeof value !== 'object' || value === null) return value
  const mark = '$frame' in value ? value['$frame'] : undefined
  if (typeof mark === 'number') return frameName(frames[mark])
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, shown(part, frames)]))
}

function frameName(frame: FrameSource | undefined): string {
  if (frame === undefined) return ''
  return frame.kind === 'url' ? frame.url : `${frame.name}, ${frame.width}x${frame.height}`
}
