import type { TakeView } from '../../../shared/domain/take.ts'
import type { Frame } from '../export/takeFrame.ts'

/** Frames a second as the fraction that editors count in. */
export interface Rate {
  readonly frames: number
  readonly seconds: number
}

/** One shot of an edit list. Frames are those of its own file. */
export interface Shot {
  readonly name: string
  readonly take: TakeView
  readonly frame: Frame
  readonly rate: Rate
  readonly inFrame: number
  readonly outFrame: number
  /** Of the whole file. */
  readonly fileFrames: number
  readonly hasAudio: boolean
}

export interface Timeline {
  readonly name: string
  /** Of the first shot; the others are laid at it. */
  readonly rate: Rate
  readonly width: number
  readonly height: number
  readonly shots: readonly Shot[]
}

/** Rates of television, of which a file says 23.976 where 24000/1001 is meant. */
const TELEVISION = [24, 30, 48, 60, 120]

/** The fraction behind a measured rate; an odd one is taken to a thousandth. */
export function rateOf(fps: number): Rate {
  const whole = Math.round(fps)
  if (Math.abs(fps - whole) < 0.005) return { frames: Math.max(1, whole), seconds: 1 }
  const slow = TELEVISION.find((base) => Math.abs(fps - (base * 1000) / 1001) < 0.005)
  if (slow !== undefined) return { frames: slow * 1000, seconds: 1001 }
  return { frames: Math.round(fps * 1000), seconds: 1000 }
}

export const perSecond = ({ frames, seconds }: Rate): number => frames / seconds

/** Frames that a timecode counts in a second: 24 for 23.976. */
export const countedRate = (rate: Rate): number => Math.max(1, Math.round(perSecond(rate)))

/** Length of a shot in frames of the timeline; never none. */
export function laidFrames(shot: Shot, rate: Rate): number {
  const seconds = (shot.outFrame - shot.inFrame) / perSecond(shot.rate)
  return Math.max(1, Math.round(seconds * perSecond(rate)))
}

/** `01:00:00:00`, without drop frames. */
export function timecode(frames: number, rate: Rate): string {
  const base = countedRate(rate)
  const seconds = Math.floor(frames / base)
  const parts = [Math.floor(seconds / 3600) % 24, Math.floor(seconds / 60) % 60, seconds % 60]
  return [...parts, frames % base].map((part) => String(part).padStart(2, '0')).join(':')
}

/** What a marker says of how a shot was made. */
export function madeBy({ take }: Shot): string {
  const seed = take.seed === null ? [] : [`seed ${take.seed}`]
  return [take.modelName, take.provider, ...seed].join(', ')
}
