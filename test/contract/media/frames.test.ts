import { describe, expect, test } from 'vitest'
import { readFrameTimes } from '../../../src/main/media/frameTimes.ts'
import { readSoundPeaks } from '../../../src/main/media/soundPeaks.ts'
import { grabFrame } from '../../../src/main/media/frameStills.ts'
import { chooseTrim } from '../../../src/main/media/trim/chooseTrim.ts'
import { readClipSource } from '../../../src/main/media/trim/clipSource.ts'
import { writeClip } from '../../../src/main/media/trim/writeClip.ts'
import { indexedFrames } from '../../../src/renderer/features/review/player/frames.ts'
import { numberedClip, shownNumbers, type NumberedWish } from '../../helpers/numberedClip.ts'
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

describe('a frame is grabbed by its number', () => {
  const clips: readonly (readonly [string, NumberedWish])[] = [
    ['of even pictures', { fps: '30000/1001', frames: 20 }],
    ['of pictures that come unevenly', { uneven: true, frames: 60 }],
    ['late', { frames: 20, more: '-c:v libx264 -bf 3 -pix_fmt yuv420p -use_editlist 0' }],
    ['behind hidden ones', { frames: 60, beep: [0, 1] }],
  ]
  test.each(clips)('%s', async (name, wish) => {
    const folder = folderWith()
    const whole = await numberedClip(folder, wish)
    const path = name === 'behind hidden ones' ? await cut(whole, [17, 41]) : whole
    const times = await readFrameTimes(path)
    if (!times.ok) throw new Error(times.error.message)
    const shown = await shownNumbers(path)
    expect(times.value).toHaveLength(shown.length)
    const frames = indexedFrames(times.value)
    for (const frame of [0, 5, shown.length - 2, 'last' as const]) {
      const at = frame === 'last' ? frame : frames.middleOf(frame)
      const outPath = `${folder}/${frame}.png`
      const grabbed = await grabFrame(realFfmpeg(), { videoPath: path, at, outPath }, NEVER)
      expect(grabbed).toMatchObject({ ok: true })
      expect(await shownNumbers(outPath)).toEqual([frame === 'last' ? shown.at(-1) : shown[frame]])
    }
  })
})

/** A part without encoding: what comes before it stays in the file, hidden by its edit list. */
async function cut(path: string, [inFrame, outFrame]: readonly [number, number]): Promise<string> {
  const source = await readClipSource(path)
  if (!source.ok) throw new Error(source.error.message)
  const range = { inFrame, outFrame }
  const wish = { range, mode: 'instant', target: 'edit', change: null, mayCopy: true } as const
  const choice = chooseTrim(source.value, wish)
  if (!choice.ok || choice.value.method !== 'instant') throw new Error('not instant')
  const work = { method: 'instant', source: source.value, plan: choice.value.plan, words: null }
  const tools = { runner: realFfmpeg(), signal: NEVER, onProgress: () => undefined }
  const out = `${path}.cut.mp4`
  expect(await writeClip(tools, { ...work, method: 'instant' }, out)).toMatchObject({ ok: true })
  return out
}

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
