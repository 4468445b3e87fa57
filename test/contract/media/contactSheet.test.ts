import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { contactSheet } from '../../../src/main/media/contactSheet.ts'
import { readImageHead } from '../../../src/main/media/imageFile.ts'
import type { SheetTake } from '../../../src/main/media/sheetLayout.ts'
import { FONTS, makePicture, NEVER, realFfmpeg } from '../../helpers/clips.ts'
import { folderWith } from '../../helpers/folder.ts'

const takeOf = (posterPath: string | null, row: number): SheetTake => ({
  posterPath,
  row,
  take: 1,
  modelName: 'Kling v3',
  prompt: "A fox, 100% {red}: it's 日本語 🦊 ".repeat(row),
})
const draw = (folder: string, takes: readonly SheetTake[], signal = NEVER) =>
  contactSheet(
    { runner: realFfmpeg(), fontsDir: FONTS, signal },
    {
      title: 'Batch',
      subtitle: `${takes.length} takes`,
      takes,
      path: join(folder, 'sheet 100%d.png'),
    },
  )
const sizeOf = async (path: string): Promise<readonly [number, number]> => {
  const head = await readImageHead(path)
  return head.ok ? [head.value.width, head.value.height] : [0, 0]
}

describe('a contact sheet', () => {
  it.each([0, 1, 3, 41])('of %d takes has a page for every forty', async (count) => {
    const folder = folderWith()
    const poster = await makePicture(folderWith(), 'p.jpg', '320x180')
    const takes = Array.from({ length: count }, (_, index) => takeOf(poster, index + 1))
    const pages = Math.max(1, Math.ceil(count / 40))
    const drawn = await draw(folder, takes)
    expect(drawn.ok && drawn.value).toHaveLength(pages)
    expect(readdirSync(folder)).toHaveLength(pages)
    for (const path of drawn.ok ? drawn.value : []) {
      const [width, height] = await sizeOf(path)
      expect(width).toBeGreaterThan(900)
      expect(height).toBeGreaterThan(150)
    }
  })

  it('leaves a cell empty whose still is gone or broken', async () => {
    const folder = folderWith({ 'broken.jpg': 'no picture' })
    const takes = [null, '/nowhere.jpg', join(folder, 'broken.jpg')].map((path, n) =>
      takeOf(path, n + 1),
    )
    expect(await draw(folder, takes)).toMatchObject({ ok: true })
  })

  it('gives tall stills taller cells', async () => {
    const wide = takeOf(await makePicture(folderWith(), 'w.jpg', '320x180'), 1)
    const tall = takeOf(await makePicture(folderWith(), 't.jpg', '180x320'), 1)
    const heightOf = async (take: SheetTake): Promise<number> => {
      const drawn = await draw(folderWith(), [take])
      return drawn.ok ? (await sizeOf(drawn.value[0] ?? ''))[1] : 0
    }
    expect(await heightOf(tall)).toBeGreaterThan((await heightOf(wide)) + 200)
  })

  it('leaves nothing behind when it is stopped', async () => {
    const folder = folderWith()
    expect(await draw(folder, [takeOf(null, 1)], AbortSignal.abort())).toMatchObject({
      ok: false,
      error: { code: 'ABORTED' },
    })
    expect(readdirSync(folder)).toEqual([])
  })
})
