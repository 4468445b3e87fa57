import { z } from 'zod'

/**
 * A strict reader of the part of OpenTimelineIO's JSON that an edit list needs, written from its file
 * format's description: every object names its schema, and nothing unknown stands in it.
 */
const time = z.strictObject({
  OTIO_SCHEMA: z.literal('RationalTime.1'),
  rate: z.number().positive(),
  value: z.number().nonnegative(),
})
const range = z.strictObject({
  OTIO_SCHEMA: z.literal('TimeRange.1'),
  start_time: time,
  duration: time,
})
const metadata = z.record(z.string(), z.unknown())
const marker = z.strictObject({
  OTIO_SCHEMA: z.literal('Marker.2'),
  metadata,
  name: z.string(),
  color: z.enum([
    'PINK',
    'RED',
    'ORANGE',
    'YELLOW',
    'GREEN',
    'CYAN',
    'BLUE',
    'PURPLE',
    'MAGENTA',
    'BLACK',
    'WHITE',
  ]),
  comment: z.string(),
  marked_range: range,
})
const item = {
  metadata,
  name: z.string(),
  source_range: range.nullable(),
  effects: z.array(z.never()),
  markers: z.array(marker),
  enabled: z.boolean(),
}
const reference = z.strictObject({
  OTIO_SCHEMA: z.literal('ExternalReference.1'),
  metadata,
  name: z.string(),
  available_range: range,
  available_image_bounds: z.null(),
  target_url: z.url({ protocol: /^file$/ }),
})
const clip = z
  .strictObject({
    OTIO_SCHEMA: z.literal('Clip.2'),
    ...item,
    source_range: range,
    active_media_reference_key: z.string(),
    media_references: z.record(z.string(), reference),
  })
  .refine((each) => each.media_references[each.active_media_reference_key] !== undefined)
const gap = z.strictObject({ OTIO_SCHEMA: z.literal('Gap.1'), ...item, source_range: range })
const track = z.strictObject({
  OTIO_SCHEMA: z.literal('Track.1'),
  ...item,
  kind: z.enum(['Video', 'Audio']),
  children: z.array(z.discriminatedUnion('OTIO_SCHEMA', [clip, gap])),
})
const timeline = z.strictObject({
  OTIO_SCHEMA: z.literal('Timeline.1'),
  metadata,
  name: z.string(),
  global_start_time: time.nullable(),
  tracks: z.strictObject({ OTIO_SCHEMA: z.literal('Stack.1'), ...item, children: z.array(track) }),
})

/** @throws when the text is no such timeline */
export const readOtio = (text: string): z.infer<typeof timeline> => timeline.parse(JSON.parse(text))
