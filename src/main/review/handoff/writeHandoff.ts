import { writeFile } from 'node:fs/promises'
import type { ExportItem } from '../../../shared/domain/export.ts'
import type { HandoffFormat } from '../../../shared/domain/handoff.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { writeSheet } from '../../library/batchFile/writeSheet.ts'
import { publish } from '../../media/publish.ts'
import { frameCount } from '../../media/trim/clipSource.ts'
import type { ExportSources } from '../export/planExports.ts'
import { takeFrame } from '../export/takeFrame.ts'
import { shotSheet } from './csv.ts'
import { edlText } from './edl.ts'
import { fcpxmlText } from './fcpxml.ts'
import { otioText } from './otio.ts'
import { rateOf, type Shot, type Timeline } from './timeline.ts'

export interface HandoffWish {
  /** Of the timeline. */
  readonly name: string
  readonly items: readonly ExportItem[]
  readonly format: HandoffFormat
}

/** An edit list of takes and clips, in their order, written whole or not at all. */
export async function writeHandoff(
  sources: ExportSources,
  wish: HandoffWish,
  path: string,
): Promise<Result<{ readonly shots: number }, string>> {
  const timeline = await timelineOf(sources, wish)
  if (!timeline.ok) return timeline
  const text = await textOf(timeline.value, wish.format)
  if (!text.ok) return text
  const written = await publish([path], async ([temp = path]) => {
    await writeFile(temp, text.value)
    return ok(undefined)
  })
  return written.ok ? ok({ shots: timeline.value.shots.length }) : err(written.error.message)
}

async function textOf(
  timeline: Timeline,
  format: HandoffFormat,
): Promise<Result<string | Uint8Array, string>> {
  switch (format) {
    case 'otio':
      return ok(otioText(timeline))
    case 'fcpxml':
      return ok(fcpxmlText(timeline))
    case 'edl':
      return edlText(timeline)
    case 'csv':
      return ok(await writeSheet(shotSheet(timeline), 'csv'))
  }
}

async function timelineOf(
  sources: ExportSources,
  { name, items }: HandoffWish,
): Promise<Result<Timeline, string>> {
  const shots: Shot[] = []
  for (const item of items) {
    const shot = await shotOf(sources, item)
    if (!shot.ok) return shot
    shots.push(shot.value)
  }
  const [first] = shots
  if (first === undefined) return err('There is no take to hand off.')
  const { rate, frame } = first
  return ok({ name, rate, width: frame.width, height: frame.height, shots })
}

async function shotOf(sources: ExportSources, item: ExportItem): Promise<Result<Shot, string>> {
  const take = sources.take(item.takeId)
  if (take === null) return err('A take is not there any more. Choose the takes again.')
  const source = await sources.source(take)
  const frame = await takeFrame(take)
  const trouble = [source, frame].flatMap((read) => (read.ok ? [] : read.error.message))
  if (!source.ok || !frame.ok) return err(`Row ${take.row}, take ${take.take}: ${trouble[0]}`)
  const fileFrames = frameCount(source.value)
  const inFrame = Math.min(item.inFrame ?? 0, fileFrames - 1)
  const outFrame = Math.max(inFrame + 1, Math.min(item.outFrame ?? fileFrames, fileFrames))
  const name = item.name === '' ? `${take.prompt.slice(0, 60)}, take ${take.take}` : item.name
  const shown = { inFrame, outFrame, fileFrames, hasAudio: source.value.hasAudio }
  return ok({ name, take, frame: frame.value, rate: rateOf(frame.value.fps), ...shown })
}
