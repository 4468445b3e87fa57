import type { ExportSettings } from '../../../shared/domain/export.ts'
import { QUIET, fileUrl, flags } from '../ffmpegArgs.ts'
import type { FrameRange } from '../mp4/instantPlan.ts'
import type { FileWords } from '../mp4/metadataBox.ts'
import type { ClipSource } from './clipSource.ts'
import { ENCODINGS } from './encodeFormats.ts'

/** A part of a video that is encoded anew. */
export interface EncodePart {
  readonly source: Pick<ClipSource, 'path' | 'times' | 'startSeconds' | 'hasAudio'>
  readonly range: FrameRange
}

export type EncodeSettings = Pick<
  ExportSettings,
  'format' | 'quality' | 'height' | 'fps' | 'loops' | 'boomerang' | 'mute' | 'fadeSeconds'
>

export interface EncodeJob {
  /** Several are joined in this order. */
  readonly parts: readonly EncodePart[]
  readonly settings: EncodeSettings
  /** Pixels that several parts are fitted into; a single one keeps its own. */
  readonly frame: { readonly width: number; readonly height: number; readonly fps: number }
  readonly words: FileWords | null
  readonly outPath: string
}

/** How long what is encoded lasts, and of how many pictures. */
export function encodedLength({ parts, settings, frame }: Lengthy): Length {
  const fps = settings.fps ?? (parts.length > 1 ? frame.fps : null)
  const seconds = parts.reduce((sum, part) => sum + secondsOf(part), 0)
  const frames = parts.reduce(
    (sum, part) => sum + (fps === null ? framesOf(part) : Math.round(secondsOf(part) * fps)),
    0,
  )
  // There and back, the first and the last picture stand once.
  const there = settings.boomerang ? Math.max(frames, 2 * frames - 2) : frames
  return { frames: there * settings.loops, seconds: (seconds * there * settings.loops) / frames }
}
type Lengthy = Pick<EncodeJob, 'parts' | 'settings' | 'frame'>
interface Length {
  readonly seconds: number
  readonly frames: number
}

const framesOf = ({ range }: EncodePart): number => range.outFrame - range.inFrame

export const secondsOf = ({ source: { times }, range }: EncodePart): number =>
  (times[range.outFrame] ?? 0) - (times[range.inFrame] ?? 0)

/** Arguments that encode parts of videos into one file. Pure. */
export function encodeArgs(job: EncodeJob): readonly string[] {
  const { parts, settings, words, outPath } = job
  const encoding = ENCODINGS[settings.format]
  const hasSound =
    encoding.hasSound && !settings.mute && parts.some(({ source }) => source.hasAudio)
  const graph = [...partFilters(job, hasSound), ...wholeFilters(job, hasSound)]
  return [
    ...QUIET,
    ...parts.flatMap(inputOf),
    '-filter_complex',
    graph.join(';'),
    ...flags('-map [v]'),
    ...(hasSound ? flags('-map [a]') : []),
    ...encoding.video(settings.quality),
    // Every picture at its own time: at the average rate an uneven source would lose some, double others.
    ...(keepsClock(job) ? flags('-enc_time_base -1 -vsync passthrough') : []),
    ...(hasSound ? encoding.audio : []),
    ...flags('-map_metadata -1 -map_chapters -1'),
    ...(words === null
      ? []
      : ['-metadata', `title=${words.title}`, '-metadata', `comment=${words.comment}`]),
    ...encoding.container,
    fileUrl(outPath),
  ]
}

const keepsClock = ({ parts, settings }: EncodeJob): boolean =>
  parts.length === 1 && settings.fps === null && settings.format !== 'gif'

/** Half a picture early, so that rounding never takes the picture before or after the first one. */
function seekOf({ source: { times, startSeconds }, range }: EncodePart): number {
  const at = times[range.inFrame] ?? 0
  const before = times[range.inFrame - 1]
  return before === undefined ? 0 : Math.max(0, (at + before) / 2 - startSeconds)
}

const inputOf = (part: EncodePart): readonly string[] => {
  const seek = seekOf(part)
  return [...(seek === 0 ? [] : ['-ss', seek.toFixed(6)]), '-i', fileUrl(part.source.path)]
}

/** Each part cut out of its source, with its pictures and its sound starting at 0. */
function partFilters(job: EncodeJob, hasSound: boolean): readonly string[] {
  const { parts, settings, frame } = job
  const isJoined = parts.length > 1
  const fps = settings.fps ?? (isJoined ? frame.fps : null)
  return parts.flatMap((part, index) => {
    const { source, range } = part
    const video = [
      `trim=end_frame=${framesOf(part)}`,
      'setpts=PTS-STARTPTS',
      ...(fps === null ? [] : [`fps=${fps}`]),
      ...sizeFilters(job),
    ]
    const seconds = secondsOf(part)
    // From the seek to the first picture.
    const lead = (source.times[range.inFrame] ?? 0) - source.startSeconds - seekOf(part)
    // Sound that begins later than the pictures is not moved to their start: silence is put before it.
    const sound = source.hasAudio
      ? `[${index}:a:0]atrim=start=${lead.toFixed(6)}:end=${(lead + seconds).toFixed(6)},` +
        `asetpts=PTS-${lead.toFixed(6)}/TB,aresample=async=1:first_pts=0`
      : `anullsrc=r=48000:cl=stereo,atrim=duration=${seconds.toFixed(6)}`
    const evened = isJoined ? ',aformat=sample_rates=48000:channel_layouts=stereo,apad' : ''
    const end = isJoined ? `,atrim=duration=${seconds.toFixed(6)}` : ''
    return [
      `[${index}:v:0]${video.join(',')}[v${index}]`,
      ...(hasSound ? [`${sound}${evened}${end}[a${index}]`] : []),
    ]
  })
}

function sizeFilters({ parts, settings, frame }: EncodeJob): readonly string[] {
  const height = settings.height ?? frame.height
  if (parts.length === 1 && settings.height === null) {
    const isEven = frame.width % 2 === 0 && frame.height % 2 === 0
    return isEven || settings.format === 'gif' ? [] : ['crop=trunc(iw/2)*2:trunc(ih/2)*2']
  }
  if (parts.length === 1) return [`scale=-2:${even(height)}:flags=lanczos`, 'setsar=1']
  const width = even((frame.width * height) / frame.height)
  const size = `${width}:${even(height)}`
  return [
    `scale=${size}:force_original_aspect_ratio=decrease:flags=lanczos`,
    `pad=${size}:-1:-1:color=black`,
    'setsar=1',
  ]
}

/** Encoders of film want even sides. */
const even = (value: number): number => Math.max(2, Math.round(value / 2) * 2)

/** Everything that is done to the whole: joined, there and back, again and again, faded. */
function wholeFilters(job: EncodeJob, hasSound: boolean): readonly string[] {
  const { parts, settings } = job
  const steps: string[] = []
  let at = 'v0'
  let sound = 'a0'
  const step = (filter: (video: string, audio: string, out: string) => string): void => {
    const out = `w${steps.length}`
    steps.push(filter(at, sound, out))
    at = `${out}v`
    sound = `${out}a`
  }
  const streams = `v=1:a=${hasSound ? 1 : 0}`
  const both = (video: string, audio: string): string => `[${video}]${hasSound ? `[${audio}]` : ''}`
  if (parts.length > 1) {
    const inputs = parts.map((_, index) => both(`v${index}`, `a${index}`)).join('')
    step(
      (_v, _a, out) => `${inputs}concat=n=${parts.length}:${streams}${both(`${out}v`, `${out}a`)}`,
    )
  }
  if (settings.boomerang) {
    const once = encodedLength({ ...job, settings: { ...settings, boomerang: false, loops: 1 } })
    step((video, audio, out) => boomerangFilter({ video, audio, out, hasSound, once }))
  }
  if (settings.loops > 1) {
    step((video, audio, out) => loopFilter({ video, audio, out, hasSound, loops: settings.loops }))
  }
  const finish = finishFilters(job)
  return [
    ...steps,
    `[${at}]${finish.video}[v]`,
    ...(hasSound ? [`[${sound}]${finish.audio}[a]`] : []),
  ]
}

interface Step {
  readonly video: string
  readonly audio: string
  readonly out: string
  readonly hasSound: boolean
}

/** Back again without the two pictures that it turns on: shown twice they would make it halt. */
function boomerangFilter({
  video,
  audio,
  out,
  hasSound,
  once,
}: Step & { readonly once: Length }): string {
  const last = Math.max(2, once.frames - 1)
  const back = ((last - 1) * once.seconds) / once.frames
  const streams = hasSound
    ? [`[${out}f][${out}fa][${out}r][${out}ra]`, 1]
    : [`[${out}f][${out}r]`, 0]
  return [
    `[${video}]split=2[${out}f][${out}b]`,
    `[${out}b]reverse,trim=start_frame=1:end_frame=${last},setpts=PTS-STARTPTS[${out}r]`,
    ...(hasSound
      ? [
          `[${audio}]asplit=2[${out}fa][${out}ba]`,
          `[${out}ba]areverse,atrim=duration=${back.toFixed(6)}[${out}ra]`,
        ]
      : []),
    `${streams[0]}concat=n=2:v=1:a=${streams[1]}[${out}v]${hasSound ? `[${out}a]` : ''}`,
  ].join(';')
}

function loopFilter({
  video,
  audio,
  out,
  hasSound,
  loops,
}: Step & { readonly loops: number }): string {
  const copies = Array.from({ length: loops }, (_, n) => n)
  const names = (letter: string): string => copies.map((n) => `[${out}${letter}${n}]`).join('')
  const pairs = copies.map((n) => `[${out}x${n}]${hasSound ? `[${out}y${n}]` : ''}`).join('')
  return [
    `[${video}]split=${loops}${names('x')}`,
    ...(hasSound ? [`[${audio}]asplit=${loops}${names('y')}`] : []),
    `${pairs}concat=n=${loops}:v=1:a=${hasSound ? 1 : 0}[${out}v]${hasSound ? `[${out}a]` : ''}`,
  ].join(';')
}

function finishFilters(job: EncodeJob): { video: string; audio: string } {
  const { settings } = job
  const { seconds } = encodedLength(job)
  const fade = Math.min(settings.fadeSeconds, seconds / 2)
  const out = `st=${(seconds - fade).toFixed(6)}:d=${fade}`
  const video = [
    ...(fade > 0 ? [`fade=t=in:st=0:d=${fade}`, `fade=t=out:${out}`] : []),
    settings.format === 'gif' ? GIF_COLOURS : `format=${ENCODINGS[settings.format].pixels}`,
  ]
  const audio = fade > 0 ? [`afade=t=in:st=0:d=${fade}`, `afade=t=out:${out}`] : ['anull']
  return { video: video.join(','), audio: audio.join(',') }
}

/** A palette of the film's own; what stands still keeps its dots. */
const GIF_COLOURS =
  'split[g0][g1];[g0]palettegen=stats_mode=diff[gp];[g1][gp]paletteuse=dither=bayer:bayer_scale=4:diff_mode=rectangle'
