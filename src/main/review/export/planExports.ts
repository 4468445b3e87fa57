import type { ExportItem, ExportSettings } from '../../../shared/domain/export.ts'
import { fileNameFor } from '../../../shared/domain/naming.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { TakeView } from '../../../shared/domain/take.ts'
import type { FrameRange } from '../../media/mp4/instantPlan.ts'
import { chooseTrim } from '../../media/trim/chooseTrim.ts'
import { frameCount, type ClipSource } from '../../media/trim/clipSource.ts'
import {
  encodedLength,
  secondsOf,
  type EncodeJob,
  type EncodePart,
} from '../../media/trim/encodeArgs.ts'
import { ENCODINGS } from '../../media/trim/encodeFormats.ts'
import type { ClipWork } from '../../media/trim/writeClip.ts'
import { provenanceOf } from './provenance.ts'
import { takeFrame, type Frame } from './takeFrame.ts'

export interface ExportSources {
  take(id: ExportItem['takeId']): TakeView | null
  batchName(take: TakeView): string
  /** When the pictures of a take are shown; an error says why it cannot be read. */
  source(take: TakeView): Promise<Result<ClipSource, { readonly message: string }>>
}

export interface ExportWish {
  readonly items: readonly ExportItem[]
  readonly settings: ExportSettings
}

/** One file that would be made. Names are not yet unique. */
export interface PlannedFile {
  /** Relative, without its ending. */
  readonly name: string
  readonly ending: string
  readonly words: string
  readonly seconds: number
  /** What must not be written over. */
  readonly sources: readonly string[]
  /** About; null where the encoder decides. */
  readonly bytes: number | null
  /** Null: it cannot be made; `words` say why. */
  readonly work: ClipWork | null
}

/** Decides what becomes of each item, in their order. Reads the takes, writes nothing. */
export async function planExports(
  sources: ExportSources,
  { items, settings }: ExportWish,
): Promise<readonly PlannedFile[]> {
  const parts: Part[] = []
  for (const item of items) parts.push(await readPart(sources, settings, item))
  return settings.join && parts.length > 1
    ? [joined(parts, settings)]
    : parts.map((part) => single(part, settings))
}

interface Part {
  readonly name: string
  readonly cut: Result<Cut, string>
}
interface Cut extends EncodePart {
  readonly take: TakeView
  readonly source: ClipSource
  readonly frame: Frame
}

async function readPart(
  sources: ExportSources,
  { naming }: ExportSettings,
  item: ExportItem,
): Promise<Part> {
  const take = sources.take(item.takeId)
  if (take === null) return { name: 'untitled', cut: err('This take is not there any more.') }
  const name = nameOf(take, { naming, item, batch: sources.batchName(take) })
  const source = await sources.source(take)
  if (!source.ok) return { name, cut: err(source.error.message) }
  const range = rangeIn(source.value, item)
  if (!range.ok) return { name, cut: range }
  const frame = await takeFrame(take)
  if (!frame.ok) return { name, cut: err(frame.error.message) }
  const cut = { take, source: source.value, range: range.value, frame: frame.value }
  return { name, cut: ok(cut) }
}

interface Naming {
  readonly naming: string
  readonly item: ExportItem
  readonly batch: string
}

const nameOf = (take: TakeView, { naming, item, batch }: Naming): string =>
  fileNameFor(naming, {
    batch,
    row: take.row,
    take: take.take,
    takeNo: 0,
    name: item.name === '' ? null : item.name,
    prompt: take.prompt,
    model: take.model,
    provider: take.provider,
    seed: take.seed,
    at: take.createdAt,
  })

/** A player that counts by its clock may name one frame too many at the end. */
function rangeIn(
  source: ClipSource,
  { inFrame, outFrame }: ExportItem,
): Result<FrameRange, string> {
  const count = frameCount(source)
  const range = { inFrame: inFrame ?? 0, outFrame: Math.min(outFrame ?? count, count) }
  if (range.inFrame < range.outFrame) return ok(range)
  return err(`The clip begins behind its end: the take has ${count} frames. Move its points.`)
}

const refused = (name: string, ending: string, words: string): PlannedFile => ({
  name,
  ending,
  words,
  seconds: 0,
  sources: [],
  bytes: null,
  work: null,
})

function single({ name, cut }: Part, settings: ExportSettings): PlannedFile {
  const { ending } = ENCODINGS[settings.format]
  if (!cut.ok) return refused(name, ending, cut.error)
  const { source, range, take } = cut.value
  const choice = chooseTrim(source, {
    range,
    mode: settings.trim,
    target: settings.target,
    change: changeOf(settings),
    mayCopy: !settings.provenance && !(settings.mute && source.hasAudio),
  })
  if (!choice.ok) return refused(name, ending, choice.error)
  const file = { name, ending, sources: [take.path] }
  const words = settings.provenance ? provenanceOf([take]) : null
  if (choice.value.method === 'exact') {
    const { words: said } = choice.value
    return encoded(file, { cuts: [cut.value], frame: cut.value.frame, settings, said })
  }
  const rest = {
    ...file,
    words: choice.value.words,
    seconds: secondsOf(cut.value),
    bytes: take.bytes,
  }
  if (choice.value.method === 'copy') return { ...rest, work: { method: 'copy', source } }
  const { plan } = choice.value
  const kept = settings.mute ? { ...plan, audio: [] } : plan
  return { ...rest, work: { method: 'instant', source, plan: kept, words } }
}

function joined(parts: readonly Part[], settings: ExportSettings): PlannedFile {
  const { ending } = ENCODINGS[settings.format]
  const name = `${parts[0]?.name ?? 'untitled'}-joined`
  const cuts: Cut[] = []
  for (const part of parts) {
    if (!part.cut.ok) return refused(name, ending, `${part.name}: ${part.cut.error}`)
    cuts.push(part.cut.value)
  }
  const [first] = cuts
  if (first === undefined) return refused(name, ending, 'There is nothing to join.')
  const sources = cuts.map(({ take }) => take.path)
  const said = `${cuts.length} clips joined in order, encoded anew.`
  return encoded({ name, ending, sources }, { cuts, frame: first.frame, settings, said })
}

interface Encoding {
  readonly cuts: readonly Cut[]
  /** What all of them are brought to. */
  readonly frame: Frame
  readonly settings: ExportSettings
  readonly said: string
}

function encoded(
  file: Pick<PlannedFile, 'name' | 'ending' | 'sources'>,
  { cuts, frame, settings, said }: Encoding,
): PlannedFile {
  const takes = cuts.map(({ take }) => take)
  const words = settings.provenance ? provenanceOf(takes) : null
  const job: Omit<EncodeJob, 'outPath'> = {
    parts: cuts,
    settings,
    frame,
    words,
  }
  const { seconds } = encodedLength(job)
  if (heldBytes(job) > MOST_HELD_BYTES) return refused(file.name, file.ending, TOO_LONG_TO_TURN)
  return { ...file, words: said, seconds, bytes: null, work: { method: 'exact', job } }
}

/** To play backwards or again, decoded pictures are held in memory. */
const MOST_HELD_BYTES = 2 * 1024 ** 3
const TOO_LONG_TO_TURN =
  'The clip is too long to play backwards or again: its pictures do not fit into memory. Make it shorter or smaller.'

function heldBytes(job: Omit<EncodeJob, 'outPath'>): number {
  const { settings, frame } = job
  if (!settings.boomerang && settings.loops === 1) return 0
  const { frames } = encodedLength({
    ...job,
    settings: { ...settings, loops: 1, boomerang: false },
  })
  const height = settings.height ?? frame.height
  return frames * ((frame.width * height) / frame.height) * height * 1.5
}

/** Why the pictures cannot stay as they are, as the end of "..., because"; null when they can. */
function changeOf(settings: ExportSettings): string | null {
  const { format, height, fps, loops, boomerang, fadeSeconds } = settings
  if (format !== 'mp4') return `${FORMAT_WORDS[format]} is another format than the take's`
  if (height !== null) return 'the picture is resized'
  if (fps !== null) return 'the frame rate changes'
  if (boomerang) return 'it plays backwards, too'
  if (loops > 1) return 'it plays several times'
  return fadeSeconds > 0 ? 'it is faded' : null
}

const FORMAT_WORDS: Readonly<Record<ExportSettings['format'], string>> = {
  mp4: 'MP4',
  mov: 'MOV',
  prores: 'ProRes',
  webm: 'WebM',
  gif: 'GIF',
}
