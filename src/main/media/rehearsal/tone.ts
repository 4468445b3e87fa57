import type { Dice } from './scene.ts'

/** Lower notes in Hz, and what sounds well above them: a third, a fourth, a fifth, a sixth. */
const ROOTS = [196, 220, 246.94, 261.63, 293.66] as const
const INTERVALS = [5 / 4, 4 / 3, 3 / 2, 5 / 3] as const
/** Peak of one note; 0.09 is about -21 dB. */
const LOUDNESS = 0.09
const PAIR_SECONDS = 4

/**
 * A source filter: two soft notes, one after the other, again every four seconds. They begin with the
 * clip, so that a lost beginning or a drift of the sound can be heard.
 */
export function toneSource(seconds: number, dice: Dice): string {
  const root = dice.pick(ROOTS)
  const upper = root * dice.pick(INTERVALS)
  const half = Math.min(PAIR_SECONDS, seconds) / 2
  const note = (hertz: number, from: number): string => {
    const since = `(mod(t,${(half * 2).toFixed(4)})-${from.toFixed(4)})`
    const swell = `gte(${since},0)*min(1,${since}*25)*exp(-1.9*${since})`
    const wave = `(sin(${(2 * Math.PI * hertz).toFixed(4)}*t)+0.25*sin(${(4 * Math.PI * hertz).toFixed(4)}*t))`
    return `${LOUDNESS}*${swell}*${wave}`
  }
  const expression = `${note(root, 0)}+${note(upper, half)}`
  return `aevalsrc=exprs='${expression}':s=48000:c=mono:d=${seconds.toFixed(6)},pan=stereo|c0=c0|c1=c0`
}
