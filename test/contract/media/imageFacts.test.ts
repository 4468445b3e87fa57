import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { crc32 } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import { imageFacts } from '../../../src/main/media/imageFacts.ts'
import { makePicture, NEVER, realFfmpeg, turned } from '../../helpers/clips.ts'
import { folderWith } from '../../helpers/folder.ts'

const factsOf = (path: string) => imageFacts(realFfmpeg(), path, NEVER)
const FORMATS = [
  ['a.png', 'image/png'],
  ['a.jpg', 'image/jpeg'],
  ['a.webp', 'image/webp'],
] as const

describe('a picture for a first frame', () => {
  it.each(FORMATS)('%s is read, whatever its name', async (name, contentType) => {
    const path = await makePicture(folderWith(), name, '64x48')
    const odd = join(folderWith({ 'frame 100%d': readFileSync(path) }), 'frame 100%d')
    expect(await factsOf(odd)).toMatchObject({
      ok: true,
      value: { contentType, width: 64, height: 48 },
    })
  })

  it.each(FORMATS)('%s is found out when its end is missing', async (name) => {
    const path = await makePicture(folderWith(), name, '400x300')
    const whole = readFileSync(path)
    for (const keep of [0.5, 0.9, 0.98]) {
      writeFileSync(path, whole.subarray(0, Math.floor(whole.length * keep)))
      expect(await factsOf(path)).toMatchObject({ error: { code: 'imageBroken' } })
    }
  })

  it('has the size that is shown, turned as the camera was', async () => {
    const path = await makePicture(folderWith(), 'a.jpg', '64x48')
    const bytes = readFileSync(path)
    writeFileSync(path, turned(bytes, 6))
    expect(await factsOf(path)).toMatchObject({
      value: { width: 48, height: 64, orientation: 6 },
    })
    writeFileSync(path, turned(bytes, 3))
    expect(await factsOf(path)).toMatchObject({ value: { width: 64, height: 48 } })
  })

  it('is refused in words when it is of another kind', async () => {
    const folder = folderWith({
      'iphone.jpg': '\0\0\0\x18ftypheic\0\0\0\0mif1heic',
      'page.png': '<!doctype html>',
      'moving.gif': 'GIF89a....',
      'empty.png': '',
      'drawing.svg':
        '<svg xmlns="http://www.w3.org/2000/svg"><image href="file:///etc/passwd"/></svg>',
    })
    const header = 'RIFF\x16\0\0\0WEBPVP8X\x0A\0\0\0\x02\0\0\0'
    writeFileSync(join(folder, 'moving.webp'), Buffer.from(header.padEnd(30, '\0'), 'latin1'))
    writeFileSync(join(folder, 'exported.svg'), '<?xml version="1.0"?>\n<svg/>')
    const said = async (name: string): Promise<string> => {
      const facts = await factsOf(join(folder, name))
      return facts.ok ? '' : `${facts.error.code}: ${facts.error.message} ${facts.error.mend}`
    }
    expect(await said('iphone.jpg')).toMatch(/^imageType: This is an HEIC picture.*JPEG/)
    expect(await said('page.png')).toMatch(/^imageType: This is not a picture/)
    expect(await said('moving.gif')).toMatch(/^imageType: GIF pictures cannot be used.*PNG/)
    expect(await said('drawing.svg')).toMatch(/^imageType: SVG pictures cannot be used/)
    expect(await said('exported.svg')).toMatch(/^imageType: SVG pictures cannot be used/)
    expect(await said('moving.webp')).toMatch(/^imageType: This WebP picture moves/)
    expect(await said('empty.png')).toMatch(/^imageType: The picture file is empty/)
    expect(await said('gone.png')).toMatch(/^imageMissing: The picture file does not exist/)
    expect(await said('.')).toMatch(/^imageMissing: The picture file is not a file/)
  })

  it('is refused before it is decoded when it would fill the memory', async () => {
    const path = await makePicture(folderWith(), 'a.png', '64x48')
    const claim = async (width: number, height: number) => {
      const bytes = readFileSync(path)
      // IHDR's width and height, and its checksum; source: PNG specification, 11.2.2.
      bytes.writeUInt32BE(width, 16)
      bytes.writeUInt32BE(height, 20)
      bytes.writeUInt32BE(crc32(bytes.subarray(12, 29)), 29)
      writeFileSync(path, bytes)
      return factsOf(path)
    }
    expect(await claim(16_000, 16_000)).toMatchObject({ error: { code: 'imageTooLarge' } })
    expect(await claim(50_000, 50)).toMatchObject({ error: { code: 'imageTooLarge' } })
    expect(await claim(2 ** 31 - 1, 2 ** 31 - 1)).toMatchObject({
      error: { code: 'imageTooLarge' },
    })
    expect(await claim(0, 48)).toMatchObject({ error: { code: 'imageBroken' } })
    // More pixels than the file holds: what is there is not taken for the whole.
    expect(await claim(10_000, 10_000)).toMatchObject({ error: { code: 'imageBroken' } })
    expect(await claim(64, 48)).toMatchObject({ ok: true })
  })
})
