import type { SheetText } from '../../library/batchFile/writeSheet.ts'
import { perSecond, timecode, type Shot, type Timeline } from './timeline.ts'

const HEADER = [
  'shot',
  'name',
  'file',
  'fps',
  'in_frame',
  'out_frame',
  'in_timecode',
  'out_timecode',
  'seconds',
  'prompt',
  'model',
  'provider',
  'seed',
  'rating',
  'flag',
  'tags',
  'note',
  'cost',
  'currency',
  'take_id',
] as const

/** A row for each shot, for people and scripts. Frames and timecodes are those of the file itself. */
export const shotSheet = ({ name, shots }: Timeline): SheetText => ({
  name,
  header: HEADER,
  rows: shots.map(rowOf),
})

function rowOf(shot: Shot, at: number): readonly string[] {
  const { take, rate, inFrame, outFrame } = shot
  const seconds = (outFrame - inFrame) / perSecond(rate)
  return [
    String(at + 1),
    shot.name,
    take.path,
    String(Number(perSecond(rate).toFixed(3))),
    String(inFrame),
    String(outFrame),
    timecode(inFrame, rate),
    timecode(outFrame, rate),
    seconds.toFixed(3),
    take.prompt,
    take.modelName,
    take.provider,
    take.seed === null ? '' : String(take.seed),
    String(take.rating),
    take.flag,
    take.tags.join(', '),
    take.note,
    take.cost === null ? '' : (take.cost.micros / 1_000_000).toString(),
    take.cost?.currency ?? '',
    take.id,
  ]
}
