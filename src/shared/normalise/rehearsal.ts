import type { FrameSource, GenerationRequest, RouteRequest } from '../domain/generation.ts'
import type { Json, JsonObject } from '../domain/json.ts'
import { FRAME_ROLES, MODES, type Warning } from '../domain/model.ts'
import { ok } from '../domain/result.ts'
import type { Route, RouteMode } from '../domain/route.ts'
import { normalise } from './normalise.ts'
import { FRAME_FIT } from './options.ts'
import { withinRange } from './sizes.ts'
import type { Normalised, NormaliseResult } from './types.ts'

/** The built-in renderer by its name: as a provider, as a model and as an endpoint. */
export const REHEARSAL = 'rehearsal'

const REHEARSAL_SIZES = { min: 64, max: 4096, multipleOf: 2 }

/** The built-in renderer takes any length and any even size, and has no provider's limits. */
const REHEARSAL_MODE: RouteMode = {
  endpoint: REHEARSAL,
  fields: {
    prompt: { name: 'prompt' },
    durationSeconds: { name: 'durationSeconds', as: 'number', default: 5 },
    size: { name: 'size', default: '1280x720' },
    fps: { name: 'fps', as: 'number' },
    audio: { name: 'audio', default: true },
    seed: { name: 'seed' },
    firstFrame: { name: 'firstFrame', as: 'frameList' },
    lastFrame: { name: 'lastFrame', as: 'frameList' },
    reference: { name: 'reference', as: 'frameList' },
  },
  constants: {},
  options: {},
  capabilities: {
    durations: { from: 0.5, to: 60, step: 0.001 },
    sizeRange: REHEARSAL_SIZES,
    defaults: { durationSeconds: 5, fps: 24, audio: true },
  },
}

const REHEARSAL_ROUTE: Route = {
  id: 'rehearsal/rehearsal',
  provider: REHEARSAL,
  model: REHEARSAL,
  modes: Object.fromEntries(MODES.map((mode) => [mode, REHEARSAL_MODE])),
  prices: [],
  isDefault: true,
  byNameOnly: false,
  source: 'built in',
  checkedOn: '2026-11-22',
}

/**
 * A request for the rehearsal renderer that pretends to be no model: 0.5 to 60 s, sides of 64 to 4096
 * pixels, 1280x720 at 24 frames a second for 5 s with a tone where nothing was asked.
 */
export function rehearsalRequest(request: GenerationRequest, seedIfNone?: number): NormaliseResult {
  const { n, [FRAME_FIT]: fit, ...options } = request.options
  const kept: JsonObject = {
    ...(n === undefined ? {} : { n }),
    ...(fit === undefined ? {} : { [FRAME_FIT]: fit }),
  }
  const done = normalise({
    request: { ...request, options: kept },
    model: { name: 'Rehearsal' },
    route: REHEARSAL_ROUTE,
    seedIfNone,
  })
  if (!done.ok) return done
  const unused = Object.entries(options).map(([name, value]) => unusedOption(name, value))
  // The renderer fits frames itself and takes any picture.
  const said = done.value.warnings.filter(({ field }) => !FRAME_FIELDS.includes(field))
  const warnings = [...said, ...unused]
  return ok(rehearsalOf({ ...done.value, warnings }))
}

/** A request that was normalised for a real model, rendered by the rehearsal: same frames, size, length. */
export function rehearsalOf(normalised: Normalised): Normalised {
  const { request } = normalised
  // Some models are listed with odd sides such as 1365; codecs want even ones.
  const expect = { ...request.expect, ...withinRange(request.expect, REHEARSAL_SIZES) }
  const frames = request.frames.map(asBrought)
  const drawn = { ...request, expect, frames }
  return { ...normalised, request: { ...drawn, ...asRehearsal(drawn) } }
}

/** The renderer fits frames itself and takes any picture. */
function asBrought(frame: FrameSource): FrameSource {
  if (frame.kind === 'url' || frame.fit === undefined) return frame
  const { fit: _fit, ...picture } = frame
  return picture
}

function asRehearsal({ expect, frames }: RouteRequest): Pick<RouteRequest, 'endpoint' | 'fields'> {
  const { seed, ...rest } = expect
  const marks: readonly Json[] = frames.map((_, index) => ({ $frame: index }))
  return {
    endpoint: REHEARSAL,
    fields: { ...rest, ...(seed === undefined ? {} : { seed }), frames: marks },
  }
}

const FRAME_FIELDS: readonly string[] = FRAME_ROLES

const unusedOption = (name: string, value: Json): Warning => ({
  field: name,
  behaviour: 'dropped',
  from: JSON.stringify(value),
  to: 'not used',
  message: `The rehearsal has no option ${name}; a real provider will get it.`,
})
