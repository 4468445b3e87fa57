import { existsSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import type { JobError } from '../../../shared/domain/errors.ts'
import type { ExportFormat, ExportMethod, TrimMode } from '../../../shared/domain/export.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { probe } from '../../media/probe.ts'
import { USUAL_EXPORT } from '../../../shared/domain/usualExport.ts'
import type { FrameRange } from '../../media/mp4/instantPlan.ts'
import type { FfmpegRunner } from '../../media/runFfmpeg.ts'
import { chooseTrim, type TrimChoice } from '../../media/trim/chooseTrim.ts'
import { frameCount, readClipSource, type ClipSource } from '../../media/trim/clipSource.ts'
import { secondsOf, type EncodeSettings } from '../../media/trim/encodeArgs.ts'
import type { ClipWork } from '../../media/trim/writeClip.ts'
import { writeExport } from './writeExport.ts'

/** A moment of a video, as a person names it. */
export type Moment = { readonly seconds: number } | { readonly frame: number }

export interface TrimFileWish {
  readonly path: string
  /** Null: its start, its end. */
  readonly from: Moment | null
  readonly to: Moment | null
  readonly mode: TrimMode
  readonly quality: EncodeSettings['quality']
  /** Null: beside the video, under a name that says the points. */
  readonly output: string | null
}
export interface TrimFileTools {
  readonly runner: FfmpegRunner
  readonly signal: AbortSignal
  /** Before anything is written: what will happen. */
  readonly onChoice: (words: string) => void
  readonly onProgress: (progress: number) => void
}
export interface TrimmedFile extends FrameRange {
  readonly path: string
  readonly method: ExportMethod
  readonly words: string
  readonly seconds: number
}
/** `usage`: nothing was begun. */
export interface TrimRefusal {
  readonly kind: 'usage' | 'failed'
  readonly code: string
  readonly message: string
}

/** Cuts one video file. Neither it nor any other file is written over. */
export async function trimFile(
  tools: TrimFileTools,
  wish: TrimFileWish,
): Promise<Result<TrimmedFile, TrimRefusal>> {
  const read = await readClipSource(wish.path)
  if (!read.ok) return usage(read.error.code, read.error.message)
  const source = read.value
  const range = rangeOf(source, wish)
  if (!range.ok) return usage('outOfRange', range.error)
  const path = wish.output === null ? freeName(source, range.value) : resolve(wish.output)
  const format = FORMATS[extname(path).toLowerCase()]
  if (format === undefined) return usage('unknownFormat', UNKNOWN_FORMAT)
  if (existsSync(path)) {
    return usage('nameTaken', `There is a file at ${path}. Name another with --output.`)
  }
  const choice = choose(source, { wish, range: range.value, format })
  if (!choice.ok) return usage('notInstant', choice.error)
  tools.onChoice(choice.value.words)
  const work = await workFor(source, { wish, range: range.value, format, choice: choice.value })
  if (!work.ok) return usage(work.error.code, work.error.message)
  const written = await writeExport(tools, {
    path,
    work: work.value,
    sources: [source.path],
    collision: 'number',
  })
  if (!written.ok) {
    const { code, message } = written.error
    return err({ kind: 'failed', code, message })
  }
  const { method, words } = choice.value
  const end = written.value.kind === 'written' ? written.value.path : path
  const seconds = secondsOf({ source, range: range.value })
  return ok({ path: end, method, words, seconds, ...range.value })
}

const usage = (code: string, message: string): Result<never, TrimRefusal> =>
  err({ kind: 'usage', code, message })

const FORMATS: Readonly<Record<string, ExportFormat>> = {
  '.mp4': 'mp4',
  '.mov': 'mov',
  '.webm': 'webm',
  '.gif': 'gif',
}
const UNKNOWN_FORMAT = 'The output must end in .mp4, .mov, .webm or .gif.'

/** The boundary between two pictures that is nearest to each moment. */
function rangeOf(source: ClipSource, { from, to }: TrimFileWish): Result<FrameRange, string> {
  const count = frameCount(source)
  const inFrame = from === null ? 0 : boundaryAt(source, from)
  const outFrame = to === null ? count : boundaryAt(source, to)
  const seconds = secondsOf({ source, range: { inFrame: 0, outFrame: count } })
  const has = `The video has ${count} frames, ${seconds.toFixed(3)} s.`
  if (inFrame >= count) return err(`The in point lies behind the end. ${has}`)
  if (outFrame > count) return err(`The out point lies behind the end. ${has}`)
  if (outFrame <= inFrame) return err(`The out point must lie behind the in point. ${has}`)
  return ok({ inFrame, outFrame })
}

/** Behind the end: one more than there are boundaries. */
function boundaryAt({ times, startSeconds }: ClipSource, moment: Moment): number {
  if ('frame' in moment) return moment.frame
  const wanted = moment.seconds + startSeconds
  const [last = 0, before = 0] = [times.at(-1), times.at(-2)]
  if (wanted > last + (last - before) / 2) return times.length
  const nearest = times.reduce(
    (best, at, index) =>
      Math.abs(at - wanted) < Math.abs((times[best] ?? 0) - wanted) ? index : best,
    0,
  )
  return nearest
}

function freeName({ path }: ClipSource, { inFrame, outFrame }: FrameRange): string {
  const base = path.slice(0, path.length - extname(path).length)
  for (let number = 1; ; number += 1) {
    const mark = number === 1 ? '' : ` (${number})`
    const name = resolve(`${base}-${inFrame}-${outFrame}${mark}.mp4`)
    if (!existsSync(name)) return name
  }
}

interface Choosing {
  readonly wish: TrimFileWish
  readonly range: FrameRange
  readonly format: ExportFormat
}

function choose(source: ClipSource, { wish, range, format }: Choosing): Result<TrimChoice, string> {
  // A film's own boxes name its kind: packets of a MOV do not make an MP4.
  const isMov = /\.(mov|qt)$/i.test(source.path)
  const isSame = format === (isMov ? 'mov' : 'mp4')
  const change = isSame ? null : `${format.toUpperCase()} is another format than the video's`
  const { mode } = wish
  return chooseTrim(source, { range, mode, target: 'edit', change, mayCopy: true })
}

async function workFor(
  source: ClipSource,
  { choice, range, format, wish }: Choosing & { readonly choice: TrimChoice },
): Promise<Result<ClipWork, JobError>> {
  if (choice.method === 'copy') return ok({ method: 'copy', source })
  if (choice.method === 'instant') {
    return ok({ method: 'instant', source, plan: choice.plan, words: null })
  }
  const frame = await probe(source.path)
  if (!frame.ok) return frame
  const settings = { ...USUAL_EXPORT, format, quality: wish.quality }
  const job = { parts: [{ source, range }], settings, frame: frame.value, words: null }
  return ok({ method: 'exact', job })
}
