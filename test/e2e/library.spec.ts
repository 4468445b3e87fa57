import { spawn } from 'node:child_process'
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join, resolve } from 'node:path'
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
})
