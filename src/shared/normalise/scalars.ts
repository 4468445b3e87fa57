import type { Durations } from '../domain/catalogue.ts'
import type { GenerationRequest } from '../domain/generation.ts'
import type { Warning } from '../domain/model.ts'
import type { RouteMode } from '../domain/route.ts'
import { nearestBy, nearestDuration } from './nearest.ts'
import { converted, dropped } from './warnings.ts'

/** What goes on the wire (undefined: nothing), what is expected of it, and what changed. */
export interface Outcome<T> {
  readonly sent: T | undefined
  readonly expected: T | undefined
  readonly warnings: readonly Warning[]
}

const seconds = (value: number): string => `${value} s`

/** The nearest duration that the route allows at this tier. */
export function settleDuration(
  request: GenerationRequest,
  mode: RouteMode,
  tier: string | undefined,
): Outcome<number> {
  const { capabilities, fields } = mode
  const allowed = capabilities.durationsAt?.[tier ?? ''] ?? capabilities.durations
  const usual = usualDuration(mode, allowed)
  const asked = request.durationSeconds
  const wanted = asked ?? fields.durationSeconds?.default
  if (wanted === undefined) return { sent: undefined, expected: usual, warnings: [] }
  if (fields.durationSeconds === undefined) {
    const to = usual === undefined ? 'as long as the model makes it' : seconds(usual)
    const warnings = wanted === usual ? [] : [dropped('durationSeconds', seconds(wanted), to)]
    return { sent: undefined, expected: usual, warnings }
  }
  const sent = allowed === undefined ? wanted : nearestDuration(allowed, wanted)
  const changed = asked !== undefined && sent !== asked
  const warnings = changed ? [converted('durationSeconds', seconds(asked), seconds(sent))] : []
  return { sent, expected: sent, warnings }
}

function usualDuration(mode: RouteMode, allowed: Durations | undefined): number | undefined {
  const usual = mode.fields.durationSeconds?.default ?? mode.capabilities.defaults?.durationSeconds
  const only = Array.isArray(allowed) && allowed.length === 1 ? allowed[0] : undefined
  return usual ?? only
}

/** Frames a second. */
export function settleFps(request: GenerationRequest, mode: RouteMode): Outcome<number> {
  const { capabilities, fields } = mode
  const offered = capabilities.fps ?? []
  const usual = capabilities.defaults?.fps ?? (offered.length === 1 ? offered[0] : undefined)
  const asked = request.fps
  if (asked === undefined) return { sent: undefined, expected: usual, warnings: [] }
  if (fields.fps === undefined) {
    const to = usual === undefined ? 'what the model makes' : `${usual}`
    const warnings = asked === usual ? [] : [dropped('fps', `${asked}`, to)]
    return { sent: undefined, expected: usual, warnings }
  }
  const sent = nearestBy(offered, (fps) => Math.abs(fps - asked)) ?? asked
  const warnings = sent === asked ? [] : [converted('fps', `${asked}`, `${sent}`)]
  return { sent, expected: sent, warnings }
}

const sound = (audio: boolean): string => (audio ? 'with sound' : 'without sound')

export function settleAudio(request: GenerationRequest, mode: RouteMode): Outcome<boolean> {
  const { capabilities, fields } = mode
  const fixed = { always: true, never: false, optional: undefined }[
    capabilities.audio ?? 'optional'
  ]
  const usual = fixed ?? fields.audio?.default ?? capabilities.defaults?.audio
  const asked = request.audio
  if (fixed === undefined && fields.audio !== undefined) {
    const sent = asked ?? fields.audio.default
    return { sent, expected: sent ?? usual, warnings: [] }
  }
  const silent = asked === undefined || asked === usual
  const to = usual === undefined ? 'what the model makes' : sound(usual)
  const warnings = silent ? [] : [dropped('audio', sound(asked), to)]
  return { sent: undefined, expected: usual, warnings }
}

export function settleNegativePrompt(request: GenerationRequest, mode: RouteMode): Outcome<string> {
  const asked = request.negativePrompt
  if (asked === undefined || mode.fields.negativePrompt !== undefined) {
    return { sent: asked, expected: asked, warnings: [] }
  }
  const warnings = [dropped('negativePrompt', `"${asked}"`, 'made without one')]
  return { sent: undefined, expected: undefined, warnings }
}

/** A seed that is too large is folded into the range, so that it still names one result. */
export function settleSeed(
  request: GenerationRequest,
  mode: RouteMode,
  seedIfNone: number | undefined,
): Outcome<number> {
  const asked = request.seed
  if (mode.fields.seed === undefined) {
    const warnings = asked === undefined ? [] : [dropped('seed', `${asked}`, 'a random one')]
    return { sent: undefined, expected: undefined, warnings }
  }
  const wanted = asked ?? seedIfNone
  const max = mode.capabilities.seedMax ?? Number.MAX_SAFE_INTEGER
  if (wanted === undefined || wanted <= max) return { sent: wanted, expected: wanted, warnings: [] }
  const sent = wanted % (max + 1)
  const folded: Warning = {
    field: 'seed',
    behaviour: 'converted',
    from: `${wanted}`,
    to: `${sent}`,
    message: `Seeds of this route end at ${max}, so ${wanted} is sent as ${sent}.`,
  }
  return { sent, expected: sent, warnings: [folded] }
}
