import type { FitWish, FrameFit } from '../domain/frameFit.ts'
import type { FrameSource } from '../domain/generation.ts'
import type { FrameRole, Mode, Warning } from '../domain/model.ts'
import type { RouteMode } from '../domain/route.ts'
import { frameFit } from './frameFit.ts'
import type { Size } from './sizes.ts'
import type { RequestProblem } from './types.ts'
import { fieldWord } from './warnings.ts'

const COLUMN: Readonly<Record<FrameRole, string>> = {
  firstFrame: 'first_frame',
  lastFrame: 'last_frame',
  reference: 'reference',
}

/** The frame that gives an output its shape, where its pixels are known. */
export function leadingFrame(frames: readonly FrameSource[]): Size | undefined {
  const first = frames.find((frame) => frame.role === 'firstFrame')
  return first?.kind === 'file' ? { width: first.width, height: first.height } : undefined
}

/** Frames that the route cannot take together, or too many of them. */
export function frameProblems(
  frames: readonly FrameSource[],
  { mode, routeMode }: { readonly mode: Mode; readonly routeMode: RouteMode },
): RequestProblem[] {
  const count = (role: FrameRole) => frames.filter((frame) => frame.role === role).length
  const problems: RequestProblem[] = []
  if (mode === 'firstLastFrame' && count('firstFrame') === 0) {
    problems.push({
      column: COLUMN.firstFrame,
      code: 'lastFrameAlone',
      message: 'There is a last frame but no first frame.',
      mend: 'Give a first frame too, or remove the last one.',
    })
  }
  for (const role of ['firstFrame', 'lastFrame', 'reference'] as const) {
    const field = routeMode.fields[role]
    const most = routeMode.capabilities.frames?.[role]?.maxCount ?? mostOf(field?.as)
    if (count(role) > 0 && field === undefined) {
      problems.push({
        column: COLUMN[role],
        code: 'framesTogether',
        message: `This route takes no ${fieldWord(role)} together with the other frames.`,
        mend: `Remove the ${fieldWord(role)}, or choose another model.`,
      })
    } else if (count(role) > most) {
      problems.push({
        column: COLUMN[role],
        code: 'tooManyFrames',
        message: `This route takes at most ${most} of ${fieldWord(role)}; there are ${count(role)}.`,
        mend: 'Remove some.',
      })
    }
  }
  return problems
}

const mostOf = (as: string | undefined): number =>
  as?.endsWith('List') === true ? Number.POSITIVE_INFINITY : 1

export interface FittedFrames {
  /** One for each frame; null: it is left as it is. */
  readonly fits: readonly (FrameFit | null)[]
  readonly warnings: readonly Warning[]
  readonly problems: readonly RequestProblem[]
}

/** What must be done to each frame file, and what the person should know of it. */
export function fitFrames(
  frames: readonly FrameSource[],
  {
    routeMode,
    target,
    wish,
  }: {
    readonly routeMode: RouteMode
    readonly target: Size | null
    readonly wish: FitWish | undefined
  },
): FittedFrames {
  const lead = leadingFrame(frames)
  const fitted = frames.map((frame) => {
    const limits = routeMode.capabilities.frames?.[frame.role] ?? {}
    if (frame.kind === 'url') {
      const warnings = limits.exactRatio === true ? [unchecked(frame.role)] : []
      return { fit: null, possible: true, warnings }
    }
    // A last frame that differs in shape from the first would be distorted or refused.
    const shape = { firstFrame: target, lastFrame: target ?? lead ?? null, reference: null }
    return frameFit({ frame, target: shape[frame.role], limits, wish })
  })
  return {
    fits: fitted.map((one) => one.fit),
    warnings: fitted.flatMap((one) => one.warnings),
    problems: fitted.flatMap((one, index) => {
      const frame = frames[index]
      return !one.possible && frame !== undefined ? [tooNarrow(frame.role)] : []
    }),
  }
}

const tooNarrow = (role: FrameRole): RequestProblem => ({
  column: COLUMN[role],
  code: 'frameTooNarrow',
  message: `The ${fieldWord(role)} is too narrow or too flat for what this route takes.`,
  mend: 'Ask for a less extreme shape, or bring another picture.',
})

const unchecked = (role: FrameRole): Warning => ({
  field: role,
  behaviour: 'passthrough',
  from: 'a link',
  to: 'the same link',
  message: `This route wants a ${fieldWord(role)} in exactly the clip's shape. A linked picture cannot be fitted; use a file if it has another shape.`,
})
