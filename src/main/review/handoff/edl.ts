import { basename } from 'node:path'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import {
  laidFrames,
  madeBy,
  perSecond,
  timecode,
  type Rate,
  type Shot,
  type Timeline,
} from './timeline.ts'

/** Event numbers have three digits. */
const MOST_EVENTS = 999
const ONE_HOUR_SECONDS = 3600
const TITLE_CHARACTERS = 70
const COMMENT_CHARACTERS = 200

/**
 * A CMX 3600 edit decision list: video only, every take as tape AX, file and prompt in comments, and a
 * locator at each shot. Error: it holds too many shots. Source: CMX 3600 EDL as SMPTE 258M describes it.
 */
export function edlText({ name, rate, shots }: Timeline): Result<string, string> {
  if (shots.length > MOST_EVENTS) {
    return err(
      `An EDL holds ${MOST_EVENTS} shots and these are ${shots.length}. Choose fewer, or OTIO.`,
    )
  }
  const lines = [`TITLE: ${plain(name, TITLE_CHARACTERS) || 'Dailies'}`, 'FCM: NON-DROP FRAME', '']
  // Programmes begin at one hour, so that there is room before the first shot.
  let record = ONE_HOUR_SECONDS * Math.round(perSecond(rate))
  for (const [at, shot] of shots.entries()) {
    lines.push(...eventLines(shot, { number: at + 1, record, rate }))
    record += laidFrames(shot, rate)
  }
  return ok(`${lines.join('\r\n')}\r\n`)
}

interface Place {
  readonly number: number
  /** Frame of the programme that the shot begins at. */
  readonly record: number
  readonly rate: Rate
}

function eventLines(shot: Shot, { number, record, rate }: Place): readonly string[] {
  const frames = laidFrames(shot, rate)
  const start = Math.round((shot.inFrame / perSecond(shot.rate)) * perSecond(rate))
  const times = [start, start + frames, record, record + frames].map((at) => timecode(at, rate))
  return [
    `${String(number).padStart(3, '0')}  AX       V     C        ${times.join(' ')}`,
    `* FROM CLIP NAME: ${plain(basename(shot.take.path), COMMENT_CHARACTERS)}`,
    `* SOURCE FILE: ${plain(shot.take.path, 1000)}`,
    `* COMMENT: ${plain(madeBy(shot), COMMENT_CHARACTERS)}`,
    `* LOC: ${times[2]} CYAN    ${plain(shot.take.prompt, COMMENT_CHARACTERS)}`,
    '',
  ]
}

/** One line, whatever the text says. */
const plain = (text: string, longest: number): string =>
  Array.from(text.replace(/[\s\p{Cc}]+/gu, ' ').trim())
    .slice(0, longest)
    .join('')
