import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { createCopyTurns } from '../../../src/main/library/copyTurns.ts'
import { createFrameCopies } from '../../../src/main/library/frameCopies.ts'
import { makeThumb } from '../../../src/main/media/frameStills.ts'
import { imageFacts } from '../../../src/main/media/imageFacts.ts'
import { ffmpeg, makePicture, NEVER, realFfmpeg, turned } from '../../helpers/clips.ts'
import { folderWith } from '../../helpers/folder.ts'

async function copyOf(picturePath: string, size: 'thumb' | 'preview' = 'thumb') {
  const outPath = join(folderWith(), 'copy.jpg')
  const made = await makeThumb(realFfmpeg(), { picturePath, outPath, size }, NEVER)
  expect(made.ok).toBe(true)
  const facts = await imageFacts(realFfmpeg(), outPath, NEVER)
  return { outPath, size: facts.ok ? `${facts.value.width}x${facts.value.height}` : '' }
}

async function brightness(path: string): Promise<number> {
  const raw = `${path}.gray`
  await ffmpeg(['-i', path, '-vf', 'scale=1:1,format=gray', '-f', 'rawvideo', raw])
  return readFileSync(raw)[0] ?? 255
}

describe('the small copy of a picture', () => {
  it('stands upright and keeps its shape', async () => {
    const path = await makePicture(folderWith(), 'a.jpg', '640x320')
    expect((await copyOf(path)).size).toBe('480x240')
    writeFileSync(path, turned(readFileSync(path), 6))
    expect((await copyOf(path)).size).toBe('240x480')
  })

  it('shows what is transparent as black, whatever colour hides there', async () => {
    const path = join(folderWith(), 'clear.png')
    const clear = ['-f', 'lavfi', '-i', 'color=white@0.0:s=64x64,format=rgba']
    await ffmpeg([...clear, '-frames:v', '1', '-update', '1', path])
    expect(await brightness((await copyOf(path)).outPath)).toBeLessThan(8)
  })

  it('is large enough to look at and no larger, of a picture of 100 megapixels too', async () => {
    const path = join(folderWith(), 'large.jpg')
    const large = ['-f', 'lavfi', '-i', 'color=teal:s=12240x8160']
    await ffmpeg([...large, '-frames:v', '1', '-update', '1', path])
    expect((await imageFacts(realFfmpeg(), path, NEVER)).ok).toBe(true)
    expect((await copyOf(path, 'preview')).size).toBe('1600x1066')
  })
})

it('a picture that says it has more pixels than memory should hold is refused unread', async () => {
  const path = await makePicture(folderWith(), 'a.png', '64x48')
  const bytes = readFileSync(path)
  bytes.writeUInt32BE(16_000, 16)
  bytes.writeUInt32BE(16_000, 20)
  bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29)
  writeFileSync(path, bytes)
  const facts = await imageFacts(realFfmpeg(), path, NEVER)
  expect(facts).toMatchObject({ ok: false, error: { code: 'imageTooLarge' } })
})

it('a copy that is missing is made once, however many ask for it; a broken picture is shown itself', async () => {
  const folder = folderWith()
  const asked: string[] = []
  const picture = { sha256: 'a'.repeat(64), contentType: 'image/png', width: 64, height: 48 }
  const path = await makePicture(folder, `${picture.sha256}.png`, '64x48')
  const copies = createFrameCopies({
    folder,
    patienceMs: 60_000,
    store: { pathOf: () => path },
    library: { get: () => [], bySha256: () => null },
    async make(copy) {
      asked.push(copy.size)
      mkdirSync(dirname(copy.outPath), { recursive: true })
      return (await makeThumb(realFfmpeg(), copy, NEVER)).ok
    },
  })
  const found = await Promise.all([1, 2, 3].map(() => copies.file(picture.sha256, 'thumb')))
  expect(found.map((file) => file?.isCopy)).toEqual([true, true, true])
  // Small enough to be looked at as it is.
  expect(await copies.file(picture.sha256, 'preview')).toMatchObject({ path, isCopy: false })
  expect(asked).toEqual(['thumb'])

  rmSync(join(folder, 'thumbs'), { recursive: true })
  writeFileSync(path, 'no picture')
  expect(await copies.file(picture.sha256, 'thumb')).toMatchObject({ path, isCopy: false })
})

it('what was asked for last is made first; what nobody asked for comes behind', async () => {
  const made: string[] = []
  const turns = createCopyTurns(1)
  const work = (name: string) => async () => made.push(name) > 0
  const all = [
    turns.run('running', work('running'), 'now'),
    turns.run('prepared', work('prepared'), 'later'),
    turns.run('scrolled by', work('scrolled by'), 'now'),
    turns.run('in view', work('in view'), 'now'),
    turns.run('prepared and in view', work('twice'), 'later'),
    turns.run('prepared and in view', work('twice'), 'now'),
  ]
  expect(await Promise.all(all)).toEqual(all.map(() => true))
  expect(made).toEqual(['running', 'twice', 'in view', 'scrolled by', 'prepared'])
})
