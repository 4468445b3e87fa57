import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import type { FrameFit } from '../../../src/shared/domain/frameFit.ts'
import { fitPicture } from '../../../src/main/media/fitPicture.ts'
import { ffmpeg, makePicture, NEVER, realFfmpeg, turned } from '../../helpers/clips.ts'
import { folderWith } from '../../helpers/folder.ts'

const SQUARE = { width: 100, height: 100, contentType: 'image/png', maxBytes: null } as const

/** A picture that is red on its left half and blue on its right. */
async function twoHalves(folder: string): Promise<string> {
  const path = join(folder, 'halves.png')
  const halves = 'color=red:s=150x100[l];color=blue:s=150x100[r];[l][r]hstack'
  await ffmpeg(['-filter_complex', halves, '-frames:v', '1', '-update', '1', path])
  return path
}

async function fitted(picturePath: string, fit: FrameFit) {
  const outPath = join(folderWith(), fit.contentType === 'image/png' ? 'out.png' : 'out.jpg')
  const done = await fitPicture(realFfmpeg(), { picturePath, fit, outPath }, NEVER)
  return { done, outPath }
}

/** Red, green and blue of one pixel in words. */
async function colourAt(path: string, x: number, y: number): Promise<string> {
  const raw = `${path}.rgb`
  const pixel = ['-vf', `format=rgb24,crop=1:1:${x}:${y}`, '-f', 'rawvideo', raw]
  await ffmpeg(['-noautorotate', '-i', path, ...pixel])
  const [red = 0, green = 0, blue = 0] = readFileSync(raw)
  const isDark = Math.max(red, green, blue) < 40
  if (isDark) return 'black'
  return red > 150 && blue < 100 ? 'red' : blue > 150 && red < 100 ? 'blue' : 'mixed'
}

describe('a fitted picture', () => {
  it.each([
    { focus: { x: 0, y: 0.5 }, left: 'red', right: 'red' },
    { focus: { x: 1, y: 0.5 }, left: 'blue', right: 'blue' },
    { focus: undefined, left: 'red', right: 'blue' },
  ])('is cut around its focus $focus', async ({ focus, left, right }) => {
    const picture = await twoHalves(folderWith())
    const { done, outPath } = await fitted(picture, { how: 'crop', ...SQUARE, focus })
    expect(done.ok).toBe(true)
    expect(await colourAt(outPath, 5, 50)).toBe(left)
    expect(await colourAt(outPath, 94, 50)).toBe(right)
  })

  it('is whole between bars, or on a blurred copy of itself', async () => {
    const picture = await twoHalves(folderWith())
    const padded = await fitted(picture, { how: 'pad', ...SQUARE })
    expect(await colourAt(padded.outPath, 5, 5)).toBe('black')
    expect(await colourAt(padded.outPath, 5, 50)).toBe('red')
    const blurred = await fitted(picture, { how: 'blurPad', ...SQUARE })
    expect(await colourAt(blurred.outPath, 5, 5)).toBe('red')
    expect(await colourAt(blurred.outPath, 94, 50)).toBe('blue')
  })

  it('stands upright, however the camera was held', async () => {
    const folder = folderWith()
    const jpeg = join(folder, 'turned.jpg')
    await ffmpeg(['-i', await twoHalves(folder), jpeg])
    writeFileSync(jpeg, turned(readFileSync(jpeg), 6))
    const fit = { how: 'reencode', ...SQUARE, width: 100, height: 300 } as const
    const { outPath } = await fitted(jpeg, fit)
    expect(await colourAt(outPath, 50, 5)).toBe('red')
    expect(await colourAt(outPath, 50, 294)).toBe('blue')
  })

  it('keeps within the bytes that the route takes, or says that it cannot', async () => {
    const picture = await makePicture(folderWith(), 'busy.png', '640x480')
    const size = { width: 640, height: 480, contentType: 'image/jpeg' } as const
    const small = await fitted(picture, { how: 'reencode', ...size, maxBytes: 20_000 })
    expect(small.done.ok).toBe(true)
    expect(readFileSync(small.outPath).length).toBeLessThanOrEqual(20_000)
    const none = await fitted(picture, { how: 'reencode', ...size, maxBytes: 500 })
    expect(none.done).toMatchObject({ ok: false, error: { code: 'FRAME_TOO_LARGE' } })
  })
})
