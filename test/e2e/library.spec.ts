import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
import type { Locator } from '@playwright/test'
import { expect, launchArgs, start, test, type RunningApp } from './fixtures.ts'

const sample = (name: string): string =>
  resolve(import.meta.dirname, '../../resources/sample', name)
const mod = process.platform === 'darwin' ? 'Meta' : 'Control'

/** The system's dialogs answer with these paths. */
async function answerDialogs(app: RunningApp, paths: { open?: string; save?: string }) {
  await app.electron.evaluate(({ dialog }, { open, save }) => {
    dialog.showOpenDialog = () =>
      Promise.resolve({ canceled: open === undefined, filePaths: open === undefined ? [] : [open] })
    dialog.showSaveDialog = () =>
      Promise.resolve({ canceled: save === undefined, filePath: save ?? '' })
  }, paths)
}

async function rowsOf(app: RunningApp, name: string) {
  const drafts = await app.ask('drafts.list')
  const draft = drafts.find((one) => one.name === name)
  if (draft === undefined) return []
  return (await app.ask('drafts.rows', { draftId: draft.id, after: null, limit: 100 })).rows
}

test('a sheet comes in and goes out by keyboard alone', async ({ app, dataDir }) => {
  const { page } = app
  const sheet = join(dataDir, 'night.csv')
  const lines = ['Idea;Seconds;lens', '"A fox, waiting; at dawn";8;35 mm', 'A heron;five;85 mm;x']
  writeFileSync(
    sheet,
    Buffer.from(`${lines.join('\r\n')}\r\nDer Mönch schläft;5;50 mm\r\n`, 'latin1'),
  )
  await answerDialogs(app, { open: sheet, save: join(dataDir, 'out.xlsx') })
  await expect(page.getByRole('grid', { name: 'Prompts' })).toBeVisible()
  await page.keyboard.press(`${mod}+o`)
  const dialog = page.getByRole('dialog', { name: 'Import night.csv' })
  await expect(dialog.getByText('This row has 4 cells; the header has 3.')).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Latin-1 Encoding' })).toBeVisible()
  await expect(dialog.getByRole('button', { name: 'Prompt Column A becomes' })).toBeVisible()
  const import3 = dialog.getByRole('button', { name: 'Import 3 rows' })
  await expect(import3).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('dialog', { name: '3 rows in “night”' })).toBeVisible()
  await page.keyboard.press('Enter')
  const rows = await rowsOf(app, 'night')
  expect(rows.map(({ prompt, duration }) => [prompt, duration])).toEqual([
    ['A fox, waiting; at dawn', '8'],
    ['A heron', 'five'],
    ['Der Mönch schläft', '5'],
  ])
  await page.keyboard.press(`${mod}+k`)
  await page.keyboard.type('Export as XLSX')
  await page.keyboard.press('Enter')
  await expect(page.getByText('The draft was exported.')).toBeVisible()
  await answerDialogs(app, { open: join(dataDir, 'out.xlsx') })
  await page.keyboard.press(`${mod}+o`)
  await expect(page.getByRole('button', { name: 'Import 3 rows' })).toBeFocused()
})

test('a file that the app is opened with is shown for import, at its start and while it runs', async ({
  dataDir,
}) => {
  const [first, second, third] = ['first.tsv', 'second.csv', 'third.csv'].map((name) =>
    join(dataDir, name),
  )
  for (const sheet of [first, second, third]) writeFileSync(sheet ?? '', 'prompt\nA kite\n')
  const app = await start({ dataDir, files: [first ?? ''] })
  const { page, electron } = app
  const shown = async (name: string) => {
    // A second program starts and hands it over.
    await expect(page.getByRole('dialog', { name: `Import ${name}` })).toBeVisible()
    await page.keyboard.press('Escape')
  }
  await shown('first.tsv')
  // As a second start does it, on Linux and Windows.
  const program = createRequire(import.meta.url)('electron') as string
  spawn(program, [...launchArgs(dataDir), second ?? ''], { env: process.env })
  await shown('second.csv')
  // As the Finder does it.
  await electron.evaluate(
    ({ app: main }, path) => main.emit('open-file', { preventDefault: () => undefined }, path),
    third,
  )
  await shown('third.csv')
  await app.close()
})

test('the library is searched, used and gone back in by keyboard alone', async ({ app }) => {
  const { page } = app
  await expect(page.getByRole('grid', { name: 'Prompts' })).toBeVisible()
  await page.keyboard.press(`${mod}+2`)
  const list = page.getByRole('grid', { name: 'Library' })
  await expect(list.getByRole('row', { name: /Product turn/ })).toBeVisible()
  await page.getByRole('searchbox', { name: 'Find in the library' }).focus()
  await page.keyboard.type('abandoned concert')
  await expect(list.getByRole('row')).toHaveCount(1)
  await list.focus()
  await page.keyboard.press('ArrowDown')
  await expect(page.getByText('No batch was made with it yet.')).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByText('A new row in “Sample batch”.')).toBeVisible()
  // A changed text may be none that the search finds.
  await page.getByRole('searchbox', { name: 'Find in the library' }).focus()
  await page.keyboard.press('Escape')
  await expect(list.getByRole('row')).not.toHaveCount(1)
  await page.getByRole('textbox', { name: 'Text' }).focus()
  await page.keyboard.press(`${mod}+a`)
  await page.keyboard.type('Snow falls on a harp')
  // The next field is written while this one is being kept, and after.
  await page.keyboard.press('Tab')
  await page.keyboard.type('shots')
  await expect(page.getByRole('button', { name: 'Earlier versions (1)' })).toBeVisible()
  await page.keyboard.type('/night')
  await expect(page.getByRole('textbox', { name: 'Folder' })).toHaveValue('shots/night')
  await page.keyboard.press('Tab')
  await page.getByRole('button', { name: 'Earlier versions (1)' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('button', { name: 'What changed' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.locator('ins')).not.toHaveCount(0)
  await page.getByRole('button', { name: 'Go back' }).focus()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('textbox', { name: 'Text' })).toHaveValue(
    /^An abandoned concert hall/,
  )

  // Keys for all else: a folder by moving into it, its name, its end; marks, tags, copies, removal.
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key)
  }
  const piano = async () => {
    const { rows } = await app.ask('prompts.list', { text: 'piano', after: null, limit: 9 })
    return rows.find(({ name }) => name === 'Snow on the piano')
  }
  await list.focus()
  await press('f', 'm')
  await page.getByRole('dialog', { name: /^Move/ }).getByRole('textbox').fill('shots/winter')
  await press('Enter')
  await expect.poll(piano).toMatchObject({ folder: 'shots/winter', favourite: true })
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await press('t')
  await page.keyboard.type(', snow')
  await press('Tab')
  await expect.poll(async () => (await piano())?.tags).toEqual(['example', 'snow'])
  await list.focus()
  await press('g')
  const places = page.getByRole('navigation', { name: 'Places' })
  await expect(places.getByRole('row', { name: 'Everything' })).toBeFocused()
  await page.keyboard.type('winter')
  await press('Enter')
  await expect(list.getByRole('row')).toHaveCount(1)
  await press('F2')
  const naming = page.getByRole('dialog', { name: 'Rename the folder' })
  await naming.getByRole('textbox').fill('cold / snow')
  await press('Enter')
  await expect.poll(async () => (await piano())?.folder).toBe('cold/snow')
  await expect(places.getByRole('row', { name: 'snow' }).first()).toBeVisible()
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await press('Shift+Delete')
  await expect.poll(async () => (await piano())?.folder).toBe('cold')
  await list.focus()
  await press('ArrowDown', 'Home', `${mod}+d`)
  await expect(page.getByText('The same text')).toBeVisible()
  await press(`${mod}+k`)
  await page.keyboard.type('duplicates')
  await press('Enter')
  await expect(list.getByRole('row')).toHaveCount(2)
  await list.focus()
  await press('Home', 'Delete')
  await expect(page.getByText(/was removed/)).toBeVisible()
  await expect(list.getByRole('row')).toHaveCount(0)
})

test('a folder of frames pairs with a sheet by name, and one is fitted', async ({
  app,
  dataDir,
}) => {
  const { page } = app
  const folder = join(dataDir, 'stills')
  mkdirSync(folder)
  copyFileSync(sample('lake-at-dusk.jpg'), join(folder, 'Lake_1.jpg'))
  copyFileSync(sample('fruit-by-the-window.jpg'), join(folder, 'fruit 2.jpg'))
  writeFileSync(join(folder, 'clip.gif'), 'GIF89a....')
  const sheet = join(dataDir, 'named.csv')
  writeFileSync(sheet, 'prompt,name\nA lake,lake 1\nSome fruit,fruit-2\nNothing,none\n')
  await answerDialogs(app, { open: sheet })
  await expect(page.getByRole('grid', { name: 'Prompts' })).toBeVisible()
  await page.keyboard.press(`${mod}+o`)
  await expect(page.getByRole('button', { name: 'Import 3 rows' })).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'named' })).toBeVisible()
  // No key of the screens works while a dialog is on its way out.
  await expect(page.getByRole('dialog')).toHaveCount(0)
  await answerDialogs(app, { open: folder })
  await page.keyboard.press(`${mod}+3`)
  const wall = page.getByRole('grid', { name: 'Frames' })
  await expect(wall.getByRole('gridcell')).toHaveCount(2)
  for (const frame of (await app.ask('frames.list', { after: null, limit: 9 })).rows) {
    const name = frame.name.startsWith('lake') ? 'Lake_1.jpg' : 'fruit 2.jpg'
    await app.ask('frames.update', { ids: [frame.id], patch: { name, fit: 'crop 80% 30%' } })
  }
  await page.keyboard.press(`${mod}+k`)
  await page.keyboard.type('Add a folder')
  await page.keyboard.press('Enter')
  await expect(page.getByText(/clip.gif: GIF pictures cannot be used/)).toBeVisible()
  await wall.focus()
  await page.keyboard.press('ArrowRight')
  await expect(page.getByText('takes it')).toBeVisible()
  await expect(page.getByRole('slider', { name: 'Kept in view, across' })).toHaveValue('80')
  await page.keyboard.press('Shift+ArrowRight')
  await page.getByRole('textbox', { name: 'Tags for all of them' }).focus()
  await page.keyboard.type('still life, night')
  await page.keyboard.press('Enter')
  await expect(page.getByText('on 2 frames.')).toBeVisible()
  const night = page.getByRole('button', { name: 'night', exact: true })
  await night.focus()
  await page.keyboard.press('Space')
  await expect(page.getByText('“night” off 2 frames.')).toBeVisible()
  expect(await app.ask('frames.tags')).toEqual([{ tag: 'still life', frames: 2 }])
  await page.getByRole('button', { name: 'Use in Draft' }).focus()
  await page.keyboard.press('Enter')
  await page.getByRole('menuitem', { name: 'By file name' }).first().focus()
  await page.keyboard.press('Enter')
  await expect(page.getByText('2 rows got a first frame by name.')).toBeVisible()
  await page.keyboard.press(`${mod}+1`)
  await expect
    .poll(async () => (await rowsOf(app, 'named')).map((row) => row.firstFrame !== null))
    .toEqual([true, true, false])
  expect((await rowsOf(app, 'named'))[0]?.options).toEqual({ frame_fit: 'crop 80% 30%' })

  // Frames by keys: the tag as a filter, all of them, out and back; the point that is kept in view.
  const press = async (...keys: readonly string[]): Promise<void> => {
    for (const key of keys) await page.keyboard.press(key)
  }
  await press(`${mod}+3`)
  await wall.focus()
  await press('ArrowRight', 't')
  await expect(page.getByRole('textbox', { name: 'More tags' })).toBeFocused()
  await page.keyboard.type('lake')
  await press('Enter')
  await expect(page.getByRole('button', { name: 'lake 1' })).toBeVisible()
  await page.getByRole('slider', { name: 'Kept in view, across' }).focus()
  await press('ArrowRight')
  const fits = async () =>
    (await app.ask('frames.list', { after: null, limit: 9 })).rows.map(({ fit }) => fit)
  await expect.poll(fits).toContain('crop 81% 30%')
  await wall.focus()
  await press('d')
  await expect(wall.getByRole('gridcell')).toHaveCount(1)
  await press('d')
  const shown = page.locator('.screen-bar').getByRole('button', { pressed: true })
  await expect(shown).toHaveText('still life 2')
  await press('d')
  await expect(shown).toHaveCount(0)
  await press(`${mod}+a`, 'Delete')
  await expect(wall.getByRole('gridcell')).toHaveCount(0)
  const removed = page.getByRole('alertdialog', { name: /^2 frames removed/ })
  await removed.getByRole('button', { name: 'Undo' }).press('Enter')
  await expect(wall.getByRole('gridcell')).toHaveCount(2)

  // Files from the system, as a file manager drops them: many on Frames, one and a folder on rows.
  await dropFiles(app, page.locator('.frames'), [sample('lake-at-dusk.jpg'), folder])
  await expect(page.getByText(/clip.gif: GIF pictures cannot be used/).first()).toBeVisible()
  // Out of a browser there is no path: what the picture holds is taken.
  await page.locator('.frames').evaluate((screen) => {
    const canvas = document.createElement('canvas')
    canvas.getContext('2d')?.fillRect(0, 0, 300, 150)
    canvas.toBlob((blob) => {
      const dataTransfer = new DataTransfer()
      dataTransfer.items.add(new File([blob ?? ''], 'black.png', { type: 'image/png' }))
      screen.dispatchEvent(new DragEvent('drop', { dataTransfer, bubbles: true, cancelable: true }))
    })
  })
  await expect(wall.getByRole('gridcell', { name: /black.png/ })).toBeVisible()
  await press(`${mod}+1`)
  await dropFiles(app, page.locator('[data-row="2"] [data-col="0"]'), [sample('lake-at-dusk.jpg')])
  await expect
    .poll(async () => (await rowsOf(app, 'named')).map((row) => row.firstFrame !== null))
    .toEqual([true, true, true])
  await dropFiles(app, page.locator('[data-row="2"] [data-col="0"]'), [folder])
  await expect(page.getByRole('dialog', { name: /pictures? for the rows/ })).toBeVisible()
  await press('Escape')
})

/** As the system does it: the page gets files that have a path. */
async function dropFiles(app: RunningApp, on: Locator, files: readonly string[]): Promise<void> {
  const box = await on.boundingBox()
  const at = { x: (box?.x ?? 0) + 8, y: (box?.y ?? 0) + 8 }
  const session = await app.page.context().newCDPSession(app.page)
  const data = { items: [], files: [...files], dragOperationsMask: 1 }
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) {
    await session.send('Input.dispatchDragEvent', { type, ...at, data })
  }
  await session.detach()
}
