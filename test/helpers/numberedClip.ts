import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { flags } from '../../src/main/media/ffmpegArgs.ts'
import { ffmpeg } from './clips.ts'

/** Width of one bar; ten bars spell a frame's number in binary. */
const BAR = 16
const BARS = 10
const HEIGHT = 32
const WIDTH = BAR * BARS

export interface NumberedWish {
  /** As ffmpeg takes it, e.g. `24000/1001`. */
  readonly fps?: string
  readonly frames?: number
  /** Leaves out pictures, so that they come unevenly; the numbers of those that stay remain. */
  readonly uneven?: boolean
  /** Frames between key pictures; by default there is one alone. */
  readonly keyEvery?: number
  /** Silence, with a tone in these seconds. */
  readonly beep?: readonly [number, number]
  readonly name?: string
  readonly more?: string
}

/** A clip whose frames carry their number in their pixels: one key picture, reordered pictures. */
export async function numberedClip(folder: string, wish: NumberedWish = {}): Promise<string> {
  const { fps = '24', frames = 96, keyEvery = 9999, beep, name = 'numbered.mp4' } = wish
  const bars = `geq=lum='if(mod(floor(N/pow(2,floor(X/${BAR}))),2),235,16)':cb=128:cr=128`
  const uneven = wish.uneven === true ? ",select='mod(n\\,7)-3'" : ''
  const video = `color=black:s=${WIDTH}x${HEIGHT}:r=${fps},trim=end_frame=${frames},${bars}${uneven}`
  const [from = 0, to = 0] = beep ?? []
  const tone = `aevalsrc='if(between(t,${from},${to}),0.8*sin(2*PI*1000*t),0)':s=48000:d=60`
  const path = join(folder, name)
  await ffmpeg([
    '-f',
    'lavfi',
    '-i',
    video,
    ...(beep === undefined ? [] : ['-f', 'lavfi', '-i', tone, '-shortest', '-c:a', 'aac']),
    ...(wish.uneven === true ? flags('-vsync vfr') : []),
    ...flags(wish.more ?? `-c:v libx264 -preset medium -bf 3 -crf 12 -pix_fmt yuv420p`),
    ...flags(`-g ${keyEvery} -keyint_min ${Math.min(keyEvery, 999)} -sc_threshold 0`),
    ...(beep === undefined ? [] : ['-t', (frames / evaluated(fps)).toFixed(4)]),
    path,
  ])
  return path
}

const evaluated = (fps: string): number => {
  const [over = '24', under = '1'] = fps.split('/')
  return Number(over) / Number(under)
}

/** The numbers of the frames that a player shows, read from their pixels. */
export async function shownNumbers(path: string): Promise<readonly number[]> {
  const raw = `${path}.gray`
  const scale = `scale=${WIDTH}:${HEIGHT}:flags=neighbor,format=gray`
  await ffmpeg([
    '-i',
    path,
    ...flags('-map 0:v:0 -vsync passthrough -vf'),
    scale,
    '-f',
    'rawvideo',
    raw,
  ])
  const bytes = await readFile(raw)
  const size = WIDTH * HEIGHT
  return Array.from({ length: Math.floor(bytes.length / size) }, (_, frame) => {
    const row = frame * size + (HEIGHT / 2) * WIDTH
    const bits = Array.from(
      { length: BARS },
      (_bit, bar) => (bytes[row + bar * BAR + BAR / 2] ?? 0) > 128,
    )
    return bits.reduce((sum, isSet, bar) => sum + (isSet ? 2 ** bar : 0), 0)
  })
}

/** Seconds at which the sound of a file first is loud; null when it is silent. */
export async function firstLoudSecond(path: string): Promise<number | null> {
  const raw = `${path}.pcm`
  await ffmpeg([
    '-i',
    path,
    ...flags('-map 0:a:0 -af'),
    'aresample=async=1:first_pts=0',
    ...flags('-ac 1 -ar 48000 -f s16le'),
    raw,
  ])
  const bytes = await readFile(raw)
  const samples = new Int16Array(bytes.buffer, bytes.byteOffset, Math.floor(bytes.length / 2))
  const at = samples.findIndex((value) => Math.abs(value) > 6000)
  return at === -1 ? null : at / 48_000
}
