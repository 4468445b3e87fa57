import { existsSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { frameCount, readClipSource } from '../../src/main/media/trim/clipSource.ts'
import { fillTakes } from '../helpers/takeLibrary.ts'
import { expect, start, test } from './fixtures.ts'
import { numberedVideo } from './numberedVideo.ts'

const mod = process.platform === 'darwin' ? 'Meta' : 'Control'

test('marks in the loupe, E, Enter: the clip lies in the export folder', async ({ dataDir }) => {
  const folder = mkdtempSync(join(dataDir, 'clips-'))
  const path = numberedVideo(folder, { name: 'film.mp4', fps: '24', frames: 72 })
  await fillTakes(dataDir, [{ path, row: 1, take: 1, prompt: 'A red lighthouse' }])
  const { page, electron } = await start({ dataDir })
  await page.keyboard.press(`${mod}+5`)
  await expect(page.getByRole('gridcell', { name: /^Row 1, take 1/ })).toBeVisible()
  await page.keyboard.press('Enter')
  const timeline = page.getByRole('slider', { name: 'Position, in frames' })
  await expect(timeline).toHaveAttribute('max', '71')
  for (const key of '.....') await page.keyboard.press(key)
  await expect(timeline).toHaveValue('5')
  await page.keyboard.press('i')
  for (const key of '......') await page.keyboard.press(key)
  await expect(timeline).toHaveValue('11')
  await page.keyboard.press('o')

  // Dragged out of the window it goes as the same clip.
  await electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    if (window === undefined) throw new Error('no window')
    window.webContents.startDrag = ({ files, icon }) => {
      window.setTitle(JSON.stringify({ files, isEmpty: icon === '' }))
    }
  })
  const title = () =>
    electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.getTitle() ?? '')
  await page.locator('.loupe-picture').dispatchEvent('dragstart')
  await expect.poll(title).toContain('001-a-red-lighthouse')

  await page.keyboard.press('e')
  const dialog = page.getByRole('dialog', { name: 'Export' })
  const made = dialog.getByRole('region', { name: 'What will be made' })
  await expect(made).toContainText('001-a-red-lighthouse')
  await expect(made).toContainText('5 frames before')
  await dialog.getByRole('button', { name: 'Export 1 file' }).press('Enter')
  const done = page.getByRole('dialog', { name: 'Exported' })
  await expect(done.getByRole('status')).toContainText('1 of 1 file written')

  const file = join(dataDir, 'media', 'Exports', '001-a-red-lighthouse-rehearsal-t1.mp4')
  expect(existsSync(file)).toBe(true)
  const source = await readClipSource(file)
  expect(source.ok && frameCount(source.value)).toBe(7)
})
