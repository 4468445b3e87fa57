import { pathToFileURL } from 'node:url'
import { laidFrames, madeBy, perSecond, type Rate, type Shot, type Timeline } from './timeline.ts'

/**
 * OpenTimelineIO's own JSON, which Resolve, Premiere and others read. One video track, one of sound
 * where there is any; prompts as markers. Source: OpenTimelineIO, "File Format Specification".
 */
export function otioText(timeline: Timeline): string {
  const hasSound = timeline.shots.some(({ hasAudio }) => hasAudio)
  return `${JSON.stringify(
    {
      OTIO_SCHEMA: 'Timeline.1',
      metadata: { dailies: { format: 1 } },
      name: timeline.name,
      global_start_time: null,
      tracks: {
        OTIO_SCHEMA: 'Stack.1',
        metadata: {},
        name: 'tracks',
        source_range: null,
        effects: [],
        markers: [],
        enabled: true,
        children: [
          track('Video', timeline.shots.map(videoClip)),
          ...(hasSound
            ? [
                track(
                  'Audio',
                  timeline.shots.map((shot) => soundOf(shot, timeline.rate)),
                ),
              ]
            : []),
        ],
      },
    },
    null,
    2,
  )}\n`
}

const track = (kind: 'Video' | 'Audio', children: readonly object[]): object => ({
  OTIO_SCHEMA: 'Track.1',
  metadata: {},
  name: kind,
  source_range: null,
  effects: [],
  markers: [],
  enabled: true,
  kind,
  children,
})

const time = (value: number, rate: Rate): object => ({
  OTIO_SCHEMA: 'RationalTime.1',
  rate: perSecond(rate),
  value,
})

const range = (start: number, length: number, rate: Rate): object => ({
  OTIO_SCHEMA: 'TimeRange.1',
  start_time: time(start, rate),
  duration: time(length, rate),
})

const shownRange = ({ inFrame, outFrame, rate }: Shot): object =>
  range(inFrame, outFrame - inFrame, rate)

function clip(shot: Shot, markers: readonly object[]): object {
  return {
    OTIO_SCHEMA: 'Clip.2',
    metadata: { dailies: provenance(shot) },
    name: shot.name,
    source_range: shownRange(shot),
    effects: [],
    markers,
    enabled: true,
    active_media_reference_key: 'DEFAULT_MEDIA',
    media_references: {
      DEFAULT_MEDIA: {
        OTIO_SCHEMA: 'ExternalReference.1',
        metadata: {},
        name: shot.name,
        available_range: range(0, shot.fileFrames, shot.rate),
        available_image_bounds: null,
        target_url: pathToFileURL(shot.take.path).href,
      },
    },
  }
}

const videoClip = (shot: Shot): object => clip(shot, [promptMarker(shot)])

function soundOf(shot: Shot, rate: Rate): object {
  if (shot.hasAudio) return clip(shot, [])
  return {
    OTIO_SCHEMA: 'Gap.1',
    metadata: {},
    name: '',
    source_range: range(0, laidFrames(shot, rate), rate),
    effects: [],
    markers: [],
    enabled: true,
  }
}

const promptMarker = (shot: Shot): object => ({
  OTIO_SCHEMA: 'Marker.2',
  metadata: { dailies: provenance(shot) },
  name: shot.take.prompt,
  color: 'CYAN',
  comment: madeBy(shot),
  marked_range: range(shot.inFrame, 0, shot.rate),
})

function provenance({ take }: Shot): object {
  const { id, prompt, provider, model, seed, rating, flag, tags, note } = take
  return { takeId: id, prompt, provider, model, seed, rating, flag, tags, note }
}
