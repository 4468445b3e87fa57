import { resolve } from 'node:path'
import type { Page } from '@playwright/test'
import { checkThemes } from './access.ts'
import { delivered, quickRow, runRows, takesOf } from './drafting.ts'
import { expect, SAMPLE_MS, start, test } from './fixtures.ts'

const mod = process.platform === 'darwin' ? 'Meta' : 'Control'

/** The cell of a row, as a person counts: row 1 is the first. */
const cell = (page: Page, row: number, column: number) =>
  page.locator(`[data-row="${row - 1}"] [data-col="${column}"]`)

async function timeOf(page: Page): Promise<string> {
  return page.getByLabel('Time', { exact: true }).innerText()
}

test('a newcomer rehearses the sample batch, watches a clip and reads its time', async ({
  app,
}) => {
  const { page } = app
  await expect(page.getByRole('heading', { name: 'Sample batch' })).toBeVisible()
  await page.getByRole('button', { name: 'Rehearse' }).click()
  await expect(page.getByText('10 jobs in the queue.').first()).toBeVisible()
  const isDone = page.getByText(/“Sample batch.*” is done: 10 takes\./).first()
  await expect(isDone).toBeVisible({ timeout: SAMPLE_MS })
  await page.locator('.toast').getByRole('button', { name: 'Review' }).last().click()
  await expect(page.getByRole('gridcell', { name: /^Row 1, take 1/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Row 1, take 1' })).toBeVisible()
  await page.keyboard.press('Space')
  await expect.poll(() => timeOf(page)).not.toBe('00:00:00:00')
  await page.keyboard.press('Space')
  const video = page.locator('video')
  await expect.poll(() => video.evaluate((element: HTMLVideoElement) => element.paused)).toBe(true)
  expect(await video.evaluate((element: HTMLVideoElement) => element.videoWidth)).toBe(1280)
})

test('frames are stepped one by one, and the timeline leads to any of them', async ({ app }) => {
  await runRows(app, [quickRow(1)])
  await delivered(app, 1)
  const { page } = app
  await page.keyboard.press(`${mod}+5`)
  await page.getByRole('gridcell', { name: /^Row 1, take 1/ }).dblclick()
  await expect(page.getByText(/^of 00:00:01:00$/)).toBeVisible()
  for (const time of ['01', '02', '03']) {
    await page.keyboard.press('.')
    await expect.poll(() => timeOf(page)).toBe(`00:00:00:${time}`)
  }
  await page.keyboard.press(',')
  await expect.poll(() => timeOf(page)).toBe('00:00:00:02')
  const timeline = page.getByRole('slider', { name: 'Position, in frames' })
  await timeline.focus()
  await page.keyboard.press('End')
  await expect.poll(() => timeOf(page)).toBe('00:00:00:23')
})

test('closed in the middle of a run, it finishes after the next start', async ({ dataDir }) => {
  const first = await start({ dataDir })
  await runRows(
    first,
    [1, 2, 3, 4, 5].map((number) => quickRow(number)),
  )
  await first.page.keyboard.press(`${mod}+4`)
  await expect.poll(async () => (await takesOf(first)).length).toBeGreaterThan(0)
  await first.electron.evaluate(({ app }) => app.exit(0))
  const second = await start({ dataDir })
  const { page } = second
  await expect(page.getByRole('button', { name: /^5 done$/ })).toBeVisible()
  await page.getByRole('button', { name: /^5 done$/ }).click()
  await expect(page.getByRole('heading', { name: 'Queue' })).toBeVisible()
  await expect(page.getByRole('row', { name: /A lantern on a river, number 5/ })).toContainText(
    'done',
  )
  expect(new Set((await takesOf(second)).map(({ row }) => row)).size).toBe(5)
  await second.close()
})

test('from a new draft to a picked take by keyboard alone', async ({ app }) => {
  const { page } = app
  await expect(page.getByRole('grid', { name: 'Prompts' })).toBeVisible()
  await page.keyboard.press(`${mod}+n`)
  await expect(page.getByRole('heading', { name: 'Untitled draft' })).toBeVisible()
  await expect(page.getByRole('grid', { name: 'Prompts' })).toBeFocused()
  await page.keyboard.type('A kite over the sea')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.press('Tab')
  await page.keyboard.type('1')
  await page.keyboard.press('Tab')
  await page.keyboard.type('320x180')
  await page.keyboard.press('Enter')
  await expect(cell(page, 1, 0)).toHaveText('A kite over the sea')
  await expect(cell(page, 1, 3)).toHaveText('1 s')
  await expect(page.getByText('1 job', { exact: false }).first()).toBeVisible()
  await page.keyboard.press(`${mod}+Shift+r`)
  await expect(page.getByText(/“Untitled draft.*” is done: 1 take\./).first()).toBeVisible()
  await page.keyboard.press(`${mod}+5`)
  await expect(page.getByRole('gridcell', { name: /^Row 1, take 1/ })).toBeVisible()
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Row 1, take 1' })).toBeVisible()
  await page.keyboard.press('4')
  await page.keyboard.press('p')
  await page.keyboard.press('Escape')
  await expect(page.getByRole('gridcell', { name: /picked, rated 4/ })).toBeVisible()
  const [take] = await takesOf(app)
  expect(take).toMatchObject({ flag: 'pick', rating: 4 })
})

test('a range comes in from a spreadsheet, is undone, and survives a kill', async ({ dataDir }) => {
  const first = await start({ dataDir })
  const { page } = first
  await page.getByRole('button', { name: /^Sample batch/ }).click()
  await page.getByRole('menuitem', { name: 'New draft' }).click()
  await page.getByRole('grid', { name: 'Prompts' }).focus()
  const sheet = 'A {{bird}} at dusk\n"Two\nlines"\nThird'
  await first.electron.evaluate(({ clipboard }, text) => clipboard.writeText(text), sheet)
  await page.keyboard.press(`${mod}+v`)
  await expect(cell(page, 3, 0)).toHaveText('Third')
  await expect(page.getByRole('columnheader', { name: 'bird' })).toBeVisible()
  await page.keyboard.press(`${mod}+z`)
  await expect(cell(page, 3, 0)).toHaveCount(0)
  await page.keyboard.press(`${mod}+Shift+z`)
  await expect(cell(page, 3, 0)).toHaveText('Third')
  await expect(page.getByText('saved', { exact: true })).toBeVisible()
  first.electron.process().kill('SIGKILL')
  const second = await start({ dataDir })
  await expect(cell(second.page, 2, 0)).toContainText('Two')
  await second.close()
})

test('a picture from disk becomes the first frame of a row', async ({ app }) => {
  const { page } = app
  const picture = resolve(import.meta.dirname, '../../resources/sample/lake-at-dusk.jpg')
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
  }, picture)
  await cell(page, 3, 1).locator('[data-opens]').click()
  await page.getByRole('button', { name: 'Choose a file…' }).click()
  await expect(cell(page, 3, 1).getByRole('img')).toBeVisible()
})

test('a button that cannot be pressed says why, and leads to the place', async ({ app }) => {
  const { page } = app
  await expect(page.getByRole('grid', { name: 'Prompts' })).toBeVisible()
  await cell(page, 2, 3).click()
  await page.keyboard.type('soon')
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 problem to mend before this can run')).toBeVisible()
  const run = page.getByRole('button', { name: 'Run now' })
  await expect(run).toHaveAttribute('aria-disabled', 'true')
  await run.focus()
  await page.keyboard.press('Enter')
  await checkThemes(app, 'why not')
  await page.getByRole('dialog', { name: 'Why not' }).getByRole('button').click()
  await expect(cell(page, 2, 3)).toHaveAttribute('aria-selected', 'true')
  await page.getByRole('grid', { name: 'Prompts' }).focus()
  await page.keyboard.press('Delete')
  await expect(run).not.toHaveAttribute('aria-disabled', 'true')
})
