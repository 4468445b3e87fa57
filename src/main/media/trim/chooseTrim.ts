import type { ExportTarget, TrimMode } from '../../../shared/domain/export.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { instantPlan, type FrameRange, type InstantPlan } from '../mp4/instantPlan.ts'
import { frameCount, type ClipSource } from './clipSource.ts'

export interface TrimWish {
  readonly range: FrameRange
  readonly mode: TrimMode
  readonly target: ExportTarget
  /** Why the pictures change anyway, as the end of "..., because"; null when they stay as they are. */
  readonly change: string | null
  /** The file as a whole may be copied: nothing in it is to be different. */
  readonly mayCopy: boolean
}

/** What will happen, decided before it does, and said in words. */
export type TrimChoice =
  | { readonly method: 'copy'; readonly words: string }
  | { readonly method: 'instant'; readonly words: string; readonly plan: InstantPlan }
  | { readonly method: 'exact'; readonly words: string }

/** Frames within which a key picture is worth a hint. */
const NEAR = 12

/**
 * Instant where it is as good, encoded anew where it is not: a clip for upload that would carry hidden
 * pictures is encoded, since some sites ignore edit lists and would show them. Error: instant was
 * asked for and is not possible. Pure.
 */
export function chooseTrim(source: ClipSource, wish: TrimWish): Result<TrimChoice, string> {
  const { range, mode, target, change, mayCopy } = wish
  const exact = (why: string): Result<TrimChoice, string> =>
    ok({ method: 'exact', words: `Exact re-encode, because ${why}.` })
  const planned = change === null ? planOf(source, range) : err(change)
  if (mode === 'exact') {
    return ok({ method: 'exact', words: 'Exact re-encode, as you chose: plays alike everywhere.' })
  }
  if (!planned.ok) {
    if (mode === 'auto') return exact(planned.error)
    return err(`An instant trim is not possible, because ${planned.error}. Choose exact.`)
  }
  const isWhole = range.inFrame === 0 && range.outFrame === frameCount(source)
  if (isWhole && mayCopy) return ok({ method: 'copy', words: 'The file as it is, copied.' })
  const plan = planned.value
  const hidden = hiddenWords(plan)
  if (hidden === null) {
    return ok({ method: 'instant', words: 'Instant: no re-encode, nothing hidden.', plan })
  }
  if (mode === 'auto' && target === 'upload') {
    return exact(
      `${hidden} would stay in the file, and some sites show them${nearHint(source, range)}`,
    )
  }
  const words = `Instant: no re-encode, exact by edit list; ${hidden} stay in the file, hidden.`
  return ok({ method: 'instant', words, plan })
}

function planOf(source: ClipSource, range: FrameRange): Result<InstantPlan, string> {
  if (!source.instant.ok) return err(source.instant.error.why)
  const { movie, frames } = source.instant.value
  const plan = instantPlan(movie, frames, range)
  return plan.ok ? plan : err(plan.error.why)
}

function hiddenWords({ hiddenBefore, hiddenAfter }: InstantPlan): string | null {
  const frames = (count: number): string => (count === 1 ? '1 frame' : `${count} frames`)
  if (hiddenBefore === 0 && hiddenAfter === 0) return null
  if (hiddenAfter === 0) return `${frames(hiddenBefore)} before it`
  if (hiddenBefore === 0) return `${frames(hiddenAfter)} after it`
  return `${frames(hiddenBefore)} before and ${frames(hiddenAfter)} after it`
}

/** A cut that begins on a key picture carries none before it. */
function nearHint({ isKey }: ClipSource, { inFrame, outFrame }: FrameRange): string {
  for (let step = 1; step <= NEAR; step += 1) {
    for (const frame of [inFrame - step, inFrame + step]) {
      if (frame < 0 || frame >= outFrame || !isKey(frame)) continue
      return ` (frame ${frame} is a key picture: a cut from there would carry none before it)`
    }
  }
  return ''
}
