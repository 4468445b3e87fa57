import { uprightFilters } from '../upright.ts'
import type { RenderRecipe } from '../../providers/rehearsal/index.ts'
import type { ImageHead } from '../imageFile.ts'
import { QUIET, fileUrl, filterValue, flags } from '../ffmpegArgs.ts'
import { imageInput } from '../imageFacts.ts'
import { frameCount } from './overlay.ts'
import { diceFor, sceneSource, type Dice } from './scene.ts'
import { toneSource } from './tone.ts'

/** A reference frame on disk with what its header says. */
export interface Picture {
  readonly path: string
  readonly head: ImageHead
}
export interface GraphPlan {
  /** Even numbers. */
  readonly recipe: RenderRecipe
  readonly first: Picture | null
  readonly last: Picture | null
  /** A file name without odd characters, in the folder where ffmpeg runs; null leaves the text out. */
  readonly overlayName: string | null
  readonly fontsDir: string
  readonly outputPath: string
}

/** Arguments for one rehearsal. Pure: the same plan gives the same arguments, and these the same bytes. */
export function rehearsalArgs(plan: GraphPlan): readonly string[] {
  const { recipe, first, last } = plan
  const dice = diceFor(recipe.seed)
  const seconds = frameCount(recipe) / recipe.fps
  const pictures = [first, last].filter((picture) => picture !== null)
  const opening =
    first === null ? `${sceneSource(sizeOf(recipe), dice)}[a]` : `${still(recipe, first, 0)}[a]`
  const closing =
    last === null
      ? []
      : [`${still(recipe, last, pictures.length - 1)}[b]`, `[a][b]${crossfade(seconds)}[ab]`]
  const moves = pictures.length > 0
  const finish = [...(moves ? [cameraMove(recipe, dice)] : []), ...overlay(plan), `format=yuv420p`]
  const graph = [opening, ...closing, `[${last === null ? 'a' : 'ab'}]${finish.join(',')}[v]`]
  if (recipe.hasAudio) graph.push(`${toneSource(seconds, dice)}[s]`)
  return [
    ...QUIET,
    ...flags('-filter_complex_threads 2'),
    ...pictures.flatMap(({ path, head }) => [
      '-framerate',
      fpsFraction(recipe.fps),
      ...imageInput(path, head.contentType),
    ]),
    '-filter_complex',
    graph.join(';'),
    ...flags('-map [v]'),
    ...(recipe.hasAudio ? flags('-map [s] -c:a aac -b:a 96k -flags:a +bitexact') : []),
    ...flags(`-frames:v ${frameCount(recipe)} -t ${seconds.toFixed(6)}`),
    ...ENCODE,
    fileUrl(plan.outputPath),
  ]
}

/** Two threads whatever the machine has: their number changes the bytes. No dates, no version. */
const ENCODE = flags(
  '-c:v libx264 -preset veryfast -crf 21 -profile:v high -threads 2 -flags:v +bitexact ' +
    '-color_primaries bt709 -color_trc bt709 -colorspace bt709 -color_range tv ' +
    '-map_metadata -1 -fflags +bitexact -movflags +faststart -f mp4',
)

const sizeOf = ({ width, height, fps }: RenderRecipe) => ({ width, height, fps: fpsFraction(fps) })

/** 23.976 means 24000/1001, and so for its siblings. */
export function fpsFraction(fps: number): string {
  const whole = Math.round(fps)
  if (Math.abs(fps - whole) < 0.0005) return String(whole)
  if (Math.abs(fps - (whole * 1000) / 1001) < 0.005) return `${whole * 1000}/1001`
  return `${Math.round(fps * 1000)}/1000`
}

/** Sides may differ by this much before a picture is shown whole on a blurred copy of itself. */
const MAX_CROP = 1.28

/** One picture, fitted to the size and held: everything is drawn once, then repeated. */
function still(recipe: RenderRecipe, { head }: Picture, input: number): string {
  const { width, height } = recipe
  const upright = uprightFilters(head.orientation).join(',')
  const colours = 'flags=lanczos:out_color_matrix=bt709:out_range=tv'
  const fill = `scale=${width}:${height}:force_original_aspect_ratio=increase:${colours},crop=${width}:${height}`
  const hold = `setsar=1,format=yuv420p,loop=loop=-1:size=1,fps=${fpsFraction(recipe.fps)},settb=AVTB`
  const crop = (head.width / head.height) * (height / width)
  if (Math.max(crop, 1 / crop) <= MAX_CROP) return `[${input}:v]${upright},${fill},${hold}`
  const [wide, back, front] = [`w${input}`, `k${input}`, `f${input}`]
  const soft = `gblur=sigma=${(Math.min(width, height) / 22).toFixed(1)},eq=brightness=-0.12:saturation=0.85`
  return [
    `[${input}:v]${upright},split[${wide}][${front}i]`,
    `[${wide}]${fill},format=yuv420p,${soft}[${back}]`,
    `[${front}i]scale=${width}:${height}:force_original_aspect_ratio=decrease:${colours},format=yuv420p[${front}]`,
    `[${back}][${front}]overlay=(W-w)/2:(H-h)/2,${hold}`,
  ].join(';')
}

/** The last frame arrives in the last third and is there before the end. */
function crossfade(seconds: number): string {
  const length = Math.min(2, seconds * 0.35)
  return `xfade=transition=fade:duration=${length.toFixed(3)}:offset=${(seconds * 0.92 - length).toFixed(3)}`
}

/**
 * A slow move in or out towards a point that the seed chooses. `perspective` works on parts of
 * pixels; `zoompan` and `crop` step from pixel to pixel and shake.
 */
function cameraMove(recipe: RenderRecipe, dice: Dice): string {
  const last = Math.max(1, frameCount(recipe) - 1)
  const reach = dice.between(0.07, 0.11)
  const travelled = `min(1,on/${last})`
  const part = dice.next() < 0.7 ? travelled : `(1-${travelled})`
  // What is cut off in all, as a share of each side, and how it is divided between both ends.
  const off = `(${reach.toFixed(4)}*${part})`
  const [x, y] = [dice.between(0.25, 0.75).toFixed(3), dice.between(0.25, 0.6).toFixed(3)]
  const [left, right] = [`W*${off}*${x}`, `W-W*${off}*(1-${x})`]
  const [top, bottom] = [`H*${off}*${y}`, `H-H*${off}*(1-${y})`]
  const corners = [left, top, right, top, left, bottom, right, bottom]
  const names = ['x0', 'y0', 'x1', 'y1', 'x2', 'y2', 'x3', 'y3']
  const values = corners.map((corner, index) => `${names[index] ?? ''}='${corner}'`)
  return `perspective=${values.join(':')}:interpolation=linear:eval=frame`
}

const overlay = ({ overlayName, fontsDir }: GraphPlan): readonly string[] =>
  overlayName === null ? [] : [`ass=${overlayName}:fontsdir=${filterValue(fontsDir)}`]
