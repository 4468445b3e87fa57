import { describe, expect, test } from 'vitest'
import { readFrameTimes } from '../../../src/main/media/frameTimes.ts'
import { readSoundPeaks } from '../../../src/main/media/soundPeaks.ts'
import { ffmpeg, makeClip, NEVER, realFfmpeg } from '../../helpers/clips.ts'
import { folderWith } from '../../helpers/folder.ts'

describe('the index of a file tells when its frames are shown', () => {
  test('in the order of showing, at a rate that is no whole number', async () => {
    const path = await makeClip(folderWith(), { fps: '30000/1001', more: '-pix_fmt yuv420p' })
    const times = await readFrameTimes(path)
    if (!times.ok) throw new Error(times.error.message)
    expect(times.value).toHaveLength(60)
    times.value.forEach((time, frame) => expect(time).toBeCloseTo((frame * 1001) / 30_000, 5))
  })

  test('a file that is gone is refused in words', async () => {
    expect(await readFrameTimes('/nowhere/clip.mp4')).toMatchObject({
      ok: false,
      error: { code: 'NOT_A_VIDEO' },
    })
  })
})

describe('the loudness of a take is drawn from its sound', () => {
  test('silence is nothing, a tone stands out where it is', async () => {
    const path = `${folderWith()}/tone.mp4`
    const tone = 'sine=f=440:d=2,volume=enable=lt(t\\,1):volume=0'
    await ffmpeg(['-f', 'lavfi', '-i', tone, '-c:a', 'aac', path])
    const peaks = await readSoundPeaks(realFfmpeg(), { path, seconds: 2 }, NEVER)
    if (!peaks.ok) throw new Error(peaks.error.message)
    const { value } = peaks
    expect(value.length).toBeGreaterThan(390)
    expect(Math.max(...value.slice(0, 180))).toBeLessThan(0.01)
    expect(Math.min(...value.slice(220, 390))).toBeGreaterThan(0.05)
  })

  test('a video without sound is refused', async () => {
    const path = await makeClip(folderWith())
    const peaks = await readSoundPeaks(realFfmpeg(), { path, seconds: 2 }, NEVER)
    expect(peaks.ok).toBe(false)
  })
})
