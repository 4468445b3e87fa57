import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { FILMSTRIP_FRAMES } from '../../../src/shared/domain/take.ts'
import { readImageHead } from '../../../src/main/media/imageFile.ts'
import { createMediaService } from '../../../src/main/media/mediaService.ts'
import type { StillsJob } from '../../../src/main/media/port.ts'
import { ffmpeg, makeClip, NEVER, realFfmpeg, type ClipWish } from '../../helpers/clips.ts'
import { folderWith } from '../../helpers/folder.ts'

const media = () => createMediaService(realFfmpeg())

async function jobFor(folder: string, wish: ClipWish): Promise<StillsJob> {
  const videoPath = await makeClip(folder, wish)
  const facts = await media().facts(videoPath, NEVER)
  if (!facts.ok) throw new Error(facts.error.message)
  const [posterPath, filmstripPath] = [join(folder, 'p 100%d.jpg'), join(folder, "f'[1].jpg")]
  return { videoPath, facts: facts.value, posterPath, filmstripPath }
}
const sizeOf = async (path: string) => {
  const head = await readImageHead(path)
  return head.ok ? { width: head.value.width, height: head.value.height } : head.error
}
/** Brightness, 0 to 255, of equal parts of a picture, from left to right. */
async function brightness(path: string, parts: number): Promise<readonly number[]> {
  const out = `${path}.gray`
  const scale = `scale=${parts}:1:flags=area,format=gray`
  await ffmpeg([
    '-f',
    'jpeg_pipe',
    '-i',
    `file:${path}`,
    '-vf',
    scale,
    '-f',
    'rawvideo',
    `file:${out}`,
  ])
  return [...readFileSync(out)]
}

describe('poster and filmstrip', () => {
  it.each<[string, ClipWish, { width: number; height: number }]>([
    ['a small clip', { size: '320x180' }, { width: 320, height: 180 }],
    ['a tall clip', { size: '720x1280', seconds: 1 }, { width: 406, height: 720 }],
    ['a single frame', { more: '-frames:v 1 -pix_fmt yuv420p' }, { width: 320, height: 180 }],
    ['three frames', { more: '-frames:v 3 -pix_fmt yuv420p' }, { width: 320, height: 180 }],
    [
      'WebM',
      { name: 'clip.webm', more: '-c:v libvpx -deadline realtime' },
      { width: 320, height: 180 },
    ],
  ])('of %s have their sizes', async (_, wish, size) => {
    const job = await jobFor(folderWith(), wish)
    expect(await media().stills(job, NEVER)).toEqual({ ok: true, value: undefined })
    expect(await sizeOf(job.posterPath)).toEqual(size)
    const tile = Math.round((120 * size.width) / size.height / 2) * 2
    expect(await sizeOf(job.filmstripPath)).toEqual({ width: tile * FILMSTRIP_FRAMES, height: 120 })
  })

  it('show the first frame, and ten moments spread over the clip', async () => {
    const folder = folderWith()
    // From black to white, evenly: brightness tells the time.
    const ramp = 'color=black:s=320x180:r=24:d=5,format=gray,geq=lum=T*51,format=yuv420p'
    await ffmpeg(['-f', 'lavfi', '-i', ramp, '-c:v', 'libx264', join(folder, 'ramp.mp4')])
    const facts = await media().facts(join(folder, 'ramp.mp4'), NEVER)
    if (!facts.ok) throw new Error(facts.error.message)
    const job = {
      videoPath: join(folder, 'ramp.mp4'),
      facts: facts.value,
      posterPath: join(folder, 'p.jpg'),
      filmstripPath: join(folder, 'f.jpg'),
    }
    expect((await media().stills(job, NEVER)).ok).toBe(true)
    expect((await brightness(job.posterPath, 1))[0]).toBeLessThan(6)
    const steps = await brightness(job.filmstripPath, FILMSTRIP_FRAMES)
    for (const [index, value] of steps.entries()) {
      // The middle of each tenth, at most a tenth of the clip away.
      expect(Math.abs(value - (index + 0.5) * 25.5)).toBeLessThan(25.5)
    }
  })

  it('are written whole or not at all', async () => {
    const folder = folderWith()
    const job = await jobFor(folder, {})
    const before = readdirSync(folder)
    const abort = AbortSignal.abort()
    expect(await media().stills(job, abort)).toMatchObject({ error: { code: 'ABORTED' } })
    const broken = { ...job, videoPath: folderWith({ 'no.mp4': 'no video' }) + '/no.mp4' }
    expect((await media().stills(broken, NEVER)).ok).toBe(false)
    expect(readdirSync(folder)).toEqual(before)
  })

  it('say that the folder is gone when it is', async () => {
    const folder = folderWith()
    const job = await jobFor(folderWith(), {})
    rmSync(folder, { recursive: true })
    const made = await media().stills({ ...job, posterPath: join(folder, 'p.jpg') }, NEVER)
    expect(made.ok).toBe(false)
  })
})
