import { describe, expect, it } from 'vitest'
import type { GenerationRequest } from '../../../../src/shared/domain/generation.ts'
import { normalise } from '../../../../src/shared/normalise/normalise.ts'
import type { Normalised } from '../../../../src/shared/normalise/types.ts'
import { ask, bundledCatalogue, frameFile, routeNamed } from '../../../helpers/catalogueAsks.ts'

const catalogue = await bundledCatalogue()

function run(routeId: string, over: Partial<GenerationRequest>, seedIfNone?: number) {
  return normalise({ ...routeNamed(catalogue, routeId), request: ask(over), seedIfNone })
}
function done(routeId: string, over: Partial<GenerationRequest>, seedIfNone?: number): Normalised {
  const result = run(routeId, over, seedIfNone)
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}
const codes = (routeId: string, over: Partial<GenerationRequest>) => {
  const result = run(routeId, over)
  return result.ok ? [] : result.error.map(({ code }) => code)
}
const said = ({ warnings }: Normalised) =>
  warnings.map(({ behaviour, field, from, to }) => `${behaviour} ${field}: ${from} to ${to}`)

describe('shape and scale', () => {
  it('lets size win over aspect ratio and resolution, and says so', () => {
    const value = done('fal/seedance-1.5-pro', {
      size: { width: 1280, height: 720 },
      aspectRatio: '1:1',
      resolution: '1080p',
    })
    expect(value.request.fields).toMatchObject({ aspect_ratio: '16:9', resolution: '720p' })
    expect(said(value)).toEqual([
      'dropped aspectRatio: 1:1 to 1280x720',
      'dropped resolution: 1080p to 1280x720',
    ])
  })

  it('is silent where size, ratio and resolution agree', () => {
    const value = done('fal/seedance-1.5-pro', {
      size: { width: 1280, height: 720 },
      aspectRatio: '16:9',
      resolution: '720p',
    })
    expect(value.warnings).toEqual([])
    expect(value.request.expect).toMatchObject({ width: 1280, height: 720 })
  })

  it('sends the nearest ratio and tier for a size that is not offered', () => {
    const value = done('fal/seedance-1.5-pro', { size: { width: 1000, height: 1000 } })
    expect(value.request.fields).toMatchObject({ aspect_ratio: '1:1', resolution: '1080p' })
    expect(said(value)).toEqual(['converted size: 1000x1000 to 1:1 at 1080p (about 1080x1080)'])
  })

  it('turns ratio and resolution into a size where the route knows only sizes', () => {
    const value = done('openai-videos/sora-2-pro', { aspectRatio: '9:16', resolution: '1080p' })
    expect(value.request.fields).toMatchObject({ size: '1080x1920' })
    expect(value.warnings).toEqual([])
  })

  it('sends nothing of shape when nothing was asked', () => {
    const { request } = done('fal/seedance-1.5-pro', {})
    expect(request.fields).toEqual({ prompt: 'A paper boat crosses a puddle.' })
    expect(request.expect).toMatchObject({ width: 1280, height: 720, durationSeconds: 5 })
  })

  it('follows the shape of a first frame that must match', () => {
    const tall = frameFile('firstFrame', { width: 900, height: 1600 })
    const value = done('replicate/sora-2-pro', { frames: [tall] })
    expect(value.request.fields).toMatchObject({ aspect_ratio: 'portrait' })
    expect(value.request.frames).toMatchObject([
      { fit: { how: 'reencode', width: 720, height: 1280 } },
    ])
  })

  it('follows the first frame where the provider would fall back on a shape of its own', () => {
    const tall = frameFile('firstFrame', { width: 900, height: 1600 })
    const value = done('fal/ray-2', { frames: [tall] })
    expect(value.request.fields).toMatchObject({ aspect_ratio: '9:16' })
    expect(value.warnings).toEqual([])
    const wide = done('fal/ray-2', { frames: [frameFile('firstFrame')] })
    expect(wide.request.fields).not.toHaveProperty('aspect_ratio')
  })

  it('cuts a frame to the shape that the provider would cut it to, and says so', () => {
    const square = frameFile('firstFrame', { width: 1200, height: 1200 })
    const value = done('fal/veo-3.1', { frames: [square] })
    expect(value.request.fields).not.toHaveProperty('aspect_ratio')
    expect(value.request.frames).toMatchObject([{ fit: { how: 'crop', width: 1200, height: 675 } }])
    expect(value.warnings).toMatchObject([{ behaviour: 'converted', field: 'firstFrame' }])
  })

  it('reaches a ratio through the frame where the route takes none', () => {
    const value = done('fal/kling-v3', {
      aspectRatio: '9:16',
      frames: [frameFile('firstFrame', { width: 1200, height: 1200 })],
    })
    expect(value.request.fields).not.toHaveProperty('aspect_ratio')
    expect(value.request.frames).toMatchObject([{ fit: { how: 'crop', width: 675, height: 1200 } }])
    expect(value.warnings.map((one) => `${one.behaviour} ${one.field}`)).toEqual([
      'emulated aspectRatio',
      'converted firstFrame',
    ])
    expect(value.request.expect).toMatchObject({ width: 1080, height: 1920 })
  })

  it('cannot reach a ratio through a linked frame, and says so', () => {
    const value = done('fal/kling-v3', {
      aspectRatio: '9:16',
      frames: [{ kind: 'url', role: 'firstFrame', url: 'https://example.com/a.png' }],
    })
    expect(said(value)).toEqual(['dropped aspectRatio: 9:16 to the shape of the first frame'])
  })

  it('refuses a resolution that cannot be compared', () => {
    expect(codes('fal/seedance-1.5-pro', { resolution: 'huge' })).toEqual(['badResolution'])
  })
})

describe('the other fields', () => {
  it('writes a duration as each route wants it', () => {
    const durations = ['fal/veo-3.1', 'fal/kling-v3', 'replicate/kling-v3', 'lumenfall/kling-v3']
      .map((route) => done(route, { durationSeconds: 8 }).request.fields)
      .map((fields) => fields['duration'] ?? fields['seconds'])
    expect(durations).toEqual(['8s', '8', 8, 8])
  })

  it('respects durations that a tier forbids', () => {
    const value = done('fal/pixverse-v5.6', { durationSeconds: 10, resolution: '1080p' })
    expect(value.request.fields).toMatchObject({ duration: '8', resolution: '1080p' })
    expect(said(value)).toEqual(['converted durationSeconds: 10 s to 8 s'])
  })

  it('sends the nearest frame rate', () => {
    const value = done('fal/ltx-2.3', { fps: 30 })
    expect(value.request.fields).toMatchObject({ fps: 25 })
    expect(said(value)).toEqual(['converted fps: 30 to 25'])
  })

  it('says when sound cannot be had or left out', () => {
    expect(said(done('fal/ray-2', { audio: true }))).toEqual([
      'dropped audio: with sound to without sound',
    ])
    expect(said(done('fal/wan-2.6', { audio: false }))).toEqual([
      'dropped audio: without sound to with sound',
    ])
    expect(done('fal/wan-2.6', { audio: true }).warnings).toEqual([])
  })

  it('takes 0 for a seed, and the derived one only where the route takes seeds', () => {
    expect(done('fal/veo-3.1', { seed: 0 }, 9).request.fields).toMatchObject({ seed: 0 })
    expect(done('fal/veo-3.1', {}, 9).request.expect.seed).toBe(9)
    expect(done('fal/veo-3.1', {}, 9).warnings).toEqual([])
    const none = done('fal/kling-v3', {}, 9)
    expect(none.request.fields).not.toHaveProperty('seed')
    expect(none.request.expect.seed).toBeUndefined()
    expect(none.warnings).toEqual([])
  })

  it('does not cut a prompt that is too long', () => {
    const result = run('fal/wan-2.6', { prompt: 'é'.repeat(801) })
    expect(result.ok ? [] : result.error).toMatchObject([
      {
        column: 'prompt',
        code: 'promptTooLong',
        mend: 'Shorten it by 1, or choose another model.',
      },
    ])
    expect(run('fal/wan-2.6', { prompt: '😀'.repeat(800) }).ok).toBe(true)
  })
})

describe('frames', () => {
  const first = frameFile('firstFrame')
  const last = frameFile('lastFrame')

  it('picks the mode by the frames', () => {
    expect(done('fal/veo-3.1', {}).request.endpoint).toBe('fal-ai/veo3.1')
    expect(done('fal/veo-3.1', { frames: [first] }).request.mode).toBe('imageToVideo')
    expect(done('fal/veo-3.1', { frames: [first, last] }).request.fields).toMatchObject({
      first_frame_url: { $frame: 0 },
      last_frame_url: { $frame: 1 },
    })
    const two = [frameFile('reference'), frameFile('reference')]
    expect(done('fal/veo-3.1', { frames: two }).request.fields).toMatchObject({
      image_urls: [{ $frame: 0 }, { $frame: 1 }],
    })
  })

  it.each([
    ['fal/veo-3.1', [last], 'lastFrameAlone'],
    ['fal/veo-3.1', [first, frameFile('reference')], 'framesTogether'],
    ['fal/veo-3.1', [first, first], 'tooManyFrames'],
    ['fal/hailuo-2.3', [first, last], 'modeNotOffered'],
    ['replicate/veo-3.1', Array.from({ length: 4 }, () => frameFile('reference')), 'tooManyFrames'],
    ['fal/wan-2.6', [frameFile('firstFrame', { width: 9000, height: 900 })], 'frameTooNarrow'],
  ])('%s refuses %#: %s', (route, frames, code) => {
    expect(codes(route, { frames })).toContain(code)
  })
})

describe('options', () => {
  it('makes n that many jobs', () => {
    const value = done('lumenfall/kling-v3', { options: { n: '3' } })
    expect(value.copies).toBe(3)
    expect(value.request.fields).not.toHaveProperty('n')
    expect(said(value)).toEqual(['emulated n: 3 to 3 jobs'])
    expect(codes('fal/veo-3.1', { options: { n: '0' } })).toEqual(['badOption'])
  })

  it('reads known options as the type that the wire wants', () => {
    const options = { delete_video: 'false', character_ids: 'one, two', detect_and_block_ip: true }
    const value = done('fal/sora-2-pro', { options })
    expect(value.request.fields).toMatchObject({
      delete_video: false,
      character_ids: ['one', 'two'],
      detect_and_block_ip: true,
    })
    expect(value.warnings).toEqual([])
    expect(codes('fal/sora-2-pro', { options: { delete_video: 'perhaps' } })).toEqual(['badOption'])
  })

  it('keeps unknown options and marks them', () => {
    const value = done('fal/veo-3.1', { options: { watermark: 'off' } })
    expect(value.request.fields).toMatchObject({ watermark: 'off' })
    expect(said(value)).toEqual(['passthrough watermark: "off" to "off"'])
  })

  it('takes an option under a wire name for the field it is', () => {
    const value = done('replicate/sora-2-pro', { options: { seconds: '7' } })
    expect(value.request.fields).toMatchObject({ seconds: 8 })
    expect(value.request.expect.durationSeconds).toBe(8)
    expect(said(value)).toEqual(['converted durationSeconds: 7 s to 8 s'])
    expect(
      done('lumenfall/kling-v3', { options: { duration: '6s' } }).request.fields,
    ).toMatchObject({ seconds: 6 })
  })

  it('lets a column win over an option for the same field', () => {
    const value = done('fal/veo-3.1', { durationSeconds: 4, options: { duration: '8s' } })
    expect(value.request.fields).toMatchObject({ duration: '4s' })
    expect(said(value)).toEqual(['dropped duration: "8s" to the duration of its own column'])
  })

  it.each(['idempotency_key', 'webhook_url', 'model'])('keeps its hands on %s', (name) => {
    expect(codes('lumenfall/kling-v3', { options: { [name]: 'x' } })).toEqual(['reservedOption'])
  })

  it('sends words for a ratio as they are', () => {
    const value = done('replicate/seedance-2.0', { options: { aspect_ratio: 'adaptive' } })
    expect(value.request.fields).toMatchObject({ aspect_ratio: 'adaptive' })
    expect(value.warnings).toMatchObject([{ behaviour: 'passthrough', field: 'aspect_ratio' }])
  })
})
