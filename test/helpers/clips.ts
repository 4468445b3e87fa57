import { join, resolve } from 'node:path'
import { onTestFinished } from 'vitest'
import { findFfmpeg, searchHere } from '../../src/main/media/ffmpegPath.ts'
import { flags } from '../../src/main/media/ffmpegArgs.ts'
import { createFfmpegRunner, type FfmpegRunner } from '../../src/main/media/runFfmpeg.ts'

/** Folder of the fonts that the project carries. */
export const FONTS = resolve(import.meta.dirname, '../../resources/fonts')
export const NEVER = new AbortController().signal

/** The ffmpeg of this machine, stopped after the test. */
export function realFfmpeg(): FfmpegRunner {
  const runner = createFfmpegRunner(() => {
    const found = findFfmpeg(searchHere(null))
    return found.ok ? { ok: true, value: found.value.path } : found
  })
  onTestFinished(() => runner.stop())
  return runner
}

export interface ClipWish {
  readonly size?: string
  readonly fps?: string
  readonly seconds?: number
  readonly hasAudio?: boolean
  /** More arguments for the output. */
  readonly more?: string
  /** File name; its ending chooses the format. */
  readonly name?: string
}

/** Makes a real clip and gives its path. @throws when ffmpeg cannot make it */
export async function makeClip(folder: string, wish: ClipWish = {}): Promise<string> {
  const { size = '320x180', fps = '24', seconds = 2, name = 'clip.mp4' } = wish
  const video = `testsrc2=s=${size}:r=${fps}:d=${seconds}`
  const sound = wish.hasAudio === true ? ['-f', 'lavfi', '-i', `sine=d=${seconds}`] : []
  const output = flags(wish.more ?? '-pix_fmt yuv420p -preset ultrafast -movflags +faststart')
  const path = join(folder, name)
  await ffmpeg(['-f', 'lavfi', '-i', video, ...sound, ...output, path])
  return path
}

/** Makes a real picture. */
export async function makePicture(folder: string, name: string, size = '64x48'): Promise<string> {
  const path = join(folder, name)
  const picture = ['-f', 'lavfi', '-i', `mandelbrot=s=${size}`, '-frames:v', '1']
  await ffmpeg([...picture, ...flags('-f image2 -update 1'), path])
  return path
}

/** An EXIF block that says how a camera was held, put behind the start of a JPEG. */
export function turned(jpeg: Buffer, orientation: number): Buffer {
  const tiff = Buffer.from(
    'MM\0*\0\0\0\x08\0\x01\x01\x12\0\x03\0\0\0\x01\0\0\0\0\0\0\0\0',
    'latin1',
  )
  tiff.writeUInt16BE(orientation, 18)
  const head = Buffer.from('\xff\xe1\0\0Exif\0\0', 'latin1')
  head.writeUInt16BE(head.length - 2 + tiff.length, 2)
  return Buffer.concat([jpeg.subarray(0, 2), head, tiff, jpeg.subarray(2)])
}

/** Runs ffmpeg to its end. @throws with its own words when it fails */
export async function ffmpeg(args: readonly string[]): Promise<string> {
  const run = await realFfmpeg().run({ args: ['-v', 'error', '-y', ...args], signal: NEVER })
  if (!run.ok) throw new Error(run.error.message)
  return run.value.stdout
}
