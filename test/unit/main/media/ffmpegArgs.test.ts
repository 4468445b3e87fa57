import { describe, expect, it } from 'vitest'
import { FILMSTRIP_FRAMES, type MediaFacts } from '../../../../src/shared/domain/take.ts'
import { filterValue } from '../../../../src/main/media/ffmpegArgs.ts'
import { stillsArgs } from '../../../../src/main/media/stills.ts'

const facts: MediaFacts = {
  durationSeconds: 8,
  width: 1920,
  height: 1080,
  fps: 24,
  hasAudio: false,
  videoCodec: 'avc',
  audioCodec: null,
}
const argsFor = (changes: Partial<MediaFacts>): string =>
  stillsArgs({
    videoPath: '/v/a b.mp4',
    facts: { ...facts, ...changes },
    posterPath: '/v/p.jpg',
    filmstripPath: '/v/f.jpg',
  }).join(' ')

describe('arguments for poster and filmstrip', () => {
  it('read the video once', () => {
    expect(argsFor({}).match(/ -i /g)).toHaveLength(1)
    expect(argsFor({})).toContain(`tile=${FILMSTRIP_FRAMES}x1`)
  })

  it('keep posters at most 720 high and never enlarge one', () => {
    expect(argsFor({})).toContain('scale=1280:720:')
    expect(argsFor({ width: 320, height: 180 })).toContain('scale=320:180:')
    expect(argsFor({ width: 1080, height: 1920 })).toContain('scale=406:720:')
  })

  it('decode every frame of a clip that has few', () => {
    expect(argsFor({})).toContain('-skip_frame noref')
    expect(argsFor({ durationSeconds: 1 })).not.toContain('-skip_frame')
  })
})

describe('a value in a filter graph', () => {
  it('is escaped for the option and again for the graph', () => {
    // Source: ffmpeg-filters, "Notes on filtergraph escaping".
    expect(filterValue("this is a 'string': may contain one, or more, special characters")).toBe(
      String.raw`this is a \\\'string\\\'\\: may contain one\, or more\, special characters`,
    )
  })
})
