import { readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { isWholeMp4 } from '../../../src/main/media/mp4Boxes.ts'
import { probe } from '../../../src/main/media/probe.ts'
import { ffmpeg, makeClip, type ClipWish } from '../../helpers/clips.ts'
import { folderWith } from '../../helpers/folder.ts'

const codeOf = async (path: string): Promise<string | null> => {
  const facts = await probe(path)
  return facts.ok ? null : facts.error.code
}
/** Shortens a file to a share of its length. */
const cut = (path: string, share: number): void =>
  truncateSync(path, Math.floor(statSync(path).size * share))

describe('facts of a video', () => {
  it('are those of the file', async () => {
    const folder = folderWith()
    const path = await makeClip(folder, {
      size: '640x360',
      fps: '24000/1001',
      seconds: 2,
      hasAudio: true,
    })
    expect(await probe(path)).toEqual({
      ok: true,
      value: {
        durationSeconds: 2.002,
        width: 640,
        height: 360,
        fps: 23.976,
        hasAudio: true,
        videoCodec: 'avc',
        audioCodec: 'aac',
      },
    })
  })

  it('count turned pictures as they are shown', async () => {
    const folder = folderWith()
    const path = await makeClip(folder, { size: '320x180' })
    const turned = join(folder, 'turned.mp4')
    await ffmpeg(['-i', path, '-c', 'copy', '-metadata:s:v', 'rotate=90', turned])
    expect(await probe(turned)).toMatchObject({ ok: true, value: { width: 180, height: 320 } })
  })

  it.each<[string, ClipWish, string]>([
    ['WebM', { name: 'clip.webm', more: '-c:v libvpx -deadline realtime' }, 'vp8'],
    ['one frame', { more: '-frames:v 1 -pix_fmt yuv420p' }, 'avc'],
    ['fragments', { more: '-pix_fmt yuv420p -movflags frag_keyframe+empty_moov' }, 'avc'],
  ])('are read from %s', async (_, wish, videoCodec) => {
    const path = await makeClip(folderWith(), wish)
    expect(await probe(path)).toMatchObject({ ok: true, value: { videoCodec } })
  })

  it('are refused for a codec that no player of ours knows', async () => {
    const more = '-c:v mjpeg -pix_fmt yuvj420p'
    expect(await codeOf(await makeClip(folderWith(), { name: 'clip.mov', more }))).toBe(
      'NOT_PLAYABLE',
    )
  })

  it('are refused for what is no video', async () => {
    const folder = folderWith({
      'page.mp4': '<!doctype html><title>Not found</title>',
      'empty.mp4': '',
      'noise.mp4': Buffer.alloc(5_000, 'ftypmoov'),
    })
    for (const name of ['page.mp4', 'empty.mp4', 'noise.mp4']) {
      expect(await codeOf(join(folder, name))).toBe('NOT_A_VIDEO')
    }
    const sound = join(folder, 'sound.mp4')
    await ffmpeg(['-f', 'lavfi', '-i', 'sine=d=1', sound])
    expect(await codeOf(sound)).toBe('NOT_A_VIDEO')
    expect(await codeOf(join(folder, 'gone.mp4'))).toBe('ENOENT')
  })
})

describe('a video that is not whole', () => {
  it('is found out although its index is (a faststart film cut in half)', async () => {
    const path = await makeClip(folderWith())
    expect(await isWholeMp4(path)).toBe(true)
    cut(path, 0.5)
    expect(await isWholeMp4(path)).toBe(false)
    expect(await codeOf(path)).toBe('NOT_WHOLE')
  })

  it('is found out by its last byte, and by one too many', async () => {
    const path = await makeClip(folderWith())
    const whole = readFileSync(path)
    writeFileSync(path, whole.subarray(0, -1))
    expect(await codeOf(path)).toBe('NOT_WHOLE')
    writeFileSync(path, Buffer.concat([whole, Buffer.from('x')]))
    expect(await codeOf(path)).toBe('NOT_WHOLE')
    writeFileSync(path, whole)
    expect(await codeOf(path)).toBeNull()
  })

  it('is found out where the index comes last, and in WebM', async () => {
    const folder = folderWith()
    const plain = await makeClip(folder, { more: '-pix_fmt yuv420p', name: 'plain.mp4' })
    const webm = await makeClip(folder, {
      more: '-c:v libvpx -deadline realtime',
      name: 'clip.webm',
    })
    for (const path of [plain, webm]) {
      cut(path, 0.6)
      expect(await codeOf(path)).not.toBeNull()
    }
  })

  it('is found out when the media box says that it goes on to the end', async () => {
    const path = await makeClip(folderWith())
    const bytes = readFileSync(path)
    bytes.writeUInt32BE(0, bytes.indexOf('mdat') - 4)
    writeFileSync(path, bytes)
    expect(await codeOf(path)).toBeNull()
    cut(path, 0.7)
    expect(await isWholeMp4(path)).toBe(true)
    expect(await codeOf(path)).toBe('NOT_WHOLE')
  })
})
