import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { findFfmpeg, searchHere } from '../../src/main/media/ffmpegPath.ts'

/** Bars side by side that a frame's number is written in, the lowest bit first. */
export const NUMBER_BARS = 12
const BAR = 16

export interface NumberedWish {
  readonly name: string
  /** As ffmpeg takes it: `24`, `30000/1001`. */
  readonly fps: string
  readonly frames: number
  /** More arguments for the output; H.264 with one keyframe without. */
  readonly more?: readonly string[]
  readonly hasAudio?: boolean
}

/** A clip whose frames carry their own number, in white and black bars. @throws when ffmpeg fails */
export function numberedVideo(folder: string, wish: NumberedWish): string {
  const found = findFfmpeg(searchHere(null))
  if (!found.ok) throw new Error(found.error.message)
  const path = join(folder, wish.name)
  const size = `${NUMBER_BARS * BAR}x108`
  const bits = `geq=lum='if(mod(floor(N/pow(2,floor(X/${BAR}))),2),235,16)'`
  const video = `color=black:s=${size}:r=${wish.fps},format=gray,${bits},format=yuv420p`
  const sound = wish.hasAudio === true ? ['-f', 'lavfi', '-i', 'sine', '-shortest'] : []
  const output = ['-frames:v', String(wish.frames), ...(wish.more ?? [])]
  const args = ['-v', 'error', '-y', '-f', 'lavfi', '-i', video, ...sound, ...output, path]
  const run = spawnSync(found.value.path, args, { encoding: 'utf8' })
  if (run.status !== 0) throw new Error(run.stderr)
  return path
}
