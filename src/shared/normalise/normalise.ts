import type { FrameFit } from '../domain/frameFit.ts'
import type { ExpectedOutput, FrameSource, GenerationRequest } from '../domain/generation.ts'
import type { JsonObject } from '../domain/json.ts'
import type { RouteMode } from '../domain/route.ts'
import { err, ok } from '../domain/result.ts'
import { fitFrames, frameProblems, leadingFrame, type FittedFrames } from './frames.ts'
import { MODE_WORDS, modeOf } from './modes.ts'
import { settleOptions, type OptionsOutcome } from './options.ts'
import {
  settleAudio,
  settleDuration,
  settleFps,
  settleNegativePrompt,
  settleSeed,
} from './scalars.ts'
import { settleShape, type Shape } from './shape.ts'
import { parseSizeText } from './sizes.ts'
import type { NormaliseInput, NormaliseResult, RequestProblem } from './types.ts'
import { encodeFields, type Settled } from './wire.ts'

/** Expected where neither the request nor the catalogue says; only labels and disk room rest on it. */
const FALLBACK = { durationSeconds: 5, fps: 24 }

/**
 * Puts a canonical request into a route's own words (architecture 5). The mode follows from the frames.
 * What differs from what was asked is a warning; problems (`modeNotOffered`, `promptTooLong`,
 * `badResolution`, `badOption`, `reservedOption`, `lastFrameAlone`, `framesTogether`,
 * `tooManyFrames`, `frameTooNarrow`) stop it. Never throws.
 */
export function normalise(input: NormaliseInput): NormaliseResult {
  const mode = modeOf(input.request.frames)
  const routeMode = input.route.modes[mode]
  if (routeMode === undefined) {
    return err([
      {
        column: 'model',
        code: 'modeNotOffered',
        message: `${input.model.name} makes no ${MODE_WORDS[mode]} on ${input.route.provider}.`,
        mend: 'Choose another model or provider, or change the frames of this row.',
      },
    ])
  }
  const options = settleOptions(input.request, routeMode)
  const { request } = options
  const shape = settleShape({ request, mode: routeMode, lead: leadingFrame(request.frames) })
  const target = shape?.target ?? null
  const frames = fitFrames(request.frames, { routeMode, target, wish: request.frameFit })
  const problems = [
    ...options.problems,
    ...promptProblems(request, routeMode),
    ...frameProblems(request.frames, { mode, routeMode }),
    ...frames.problems,
    ...(shape === undefined ? [badResolution(request, routeMode)] : []),
  ]
  if (shape === undefined || problems.length > 0) return err(problems)
  return ok(assemble({ ...input, request }, { mode, routeMode, options, shape, frames }))
}

interface Parts {
  readonly mode: GenerationRequest['mode']
  readonly routeMode: RouteMode
  readonly options: OptionsOutcome
  readonly shape: Shape
  readonly frames: FittedFrames
}

function assemble(input: NormaliseInput, { mode, routeMode, options, shape, frames }: Parts) {
  const { request, seedIfNone } = input
  const duration = settleDuration(request, routeMode, shape.tier)
  const fps = settleFps(request, routeMode)
  const audio = settleAudio(request, routeMode)
  const negative = settleNegativePrompt(request, routeMode)
  const seed = settleSeed(request, routeMode, seedIfNone)
  const settled: Settled = {
    prompt: request.prompt,
    negativePrompt: negative.sent,
    durationSeconds: duration.sent,
    ...shape.settled,
    fps: fps.sent,
    audio: audio.sent,
    seed: seed.sent,
  }
  const expect: ExpectedOutput = {
    prompt: request.prompt,
    durationSeconds: duration.expected ?? FALLBACK.durationSeconds,
    ...shape.size,
    fps: fps.expected ?? FALLBACK.fps,
    hasAudio: audio.expected ?? false,
    seed: seed.expected,
  }
  const fields: JsonObject = {
    ...routeMode.constants,
    ...encodeFields(routeMode.fields, settled, request.frames),
    ...options.options,
  }
  const outcomes = [options, shape, duration, fps, audio, negative, seed, frames]
  return {
    request: {
      version: 1,
      endpoint: routeMode.endpoint,
      fields,
      frames: request.frames.map((frame, index) => toBeFitted(frame, frames.fits[index] ?? null)),
      mode,
      expect,
    },
    warnings: outcomes.flatMap((outcome) => outcome.warnings),
    copies: options.copies,
    applied: applied({ ...request, mode }, { settled, shape, fits: frames.fits }),
  } as const
}

/** What was asked, with every settled value in place of the asked one. */
function applied(
  request: GenerationRequest,
  done: {
    readonly settled: Settled
    readonly shape: Shape
    readonly fits: readonly (FrameFit | null)[]
  },
): GenerationRequest {
  const { size, aspectRatio, resolution, ...scalars } = done.settled
  return {
    ...request,
    ...scalars,
    prompt: request.prompt,
    size: parseSizeText(size ?? '')?.size,
    aspectRatio: done.shape.throughFrame ? done.shape.ratio : aspectRatio,
    resolution,
    frames: request.frames.map((frame, index) => fitted(frame, done.fits[index] ?? null)),
  }
}

const toBeFitted = (frame: FrameSource, fit: FrameFit | null): FrameSource =>
  frame.kind === 'url' || fit === null ? frame : { ...frame, fit }

/** The frame as it will be once its fit was carried out. */
function fitted(frame: FrameSource, fit: FrameFit | null): FrameSource {
  if (frame.kind === 'url' || fit === null) return frame
  const { width, height, contentType, maxBytes } = fit
  return {
    ...frame,
    width,
    height,
    contentType,
    bytes: Math.min(frame.bytes, maxBytes ?? frame.bytes),
  }
}

function promptProblems({ prompt }: GenerationRequest, mode: RouteMode): RequestProblem[] {
  const most = mode.capabilities.promptMaxChars
  const length = Array.from(prompt).length
  if (most === undefined || length <= most) return []
  return [
    {
      column: 'prompt',
      code: 'promptTooLong',
      message: `The prompt has ${length} characters; this route takes ${most}.`,
      mend: `Shorten it by ${length - most}, or choose another model.`,
    },
  ]
}

function badResolution({ resolution }: GenerationRequest, mode: RouteMode): RequestProblem {
  const names = (mode.capabilities.resolutions ?? []).map((tier) => tier.name).join(', ')
  return {
    column: 'resolution',
    code: 'badResolution',
    message: `"${resolution ?? ''}" is not a resolution that can be compared with ${names}.`,
    mend: 'Use one of these, or a tier such as 720p, 1080p, 2K or 4K.',
  }
}
