import type { Locator } from '@playwright/test'
import { checkThemes } from './access.ts'
import { quickRow, runRows } from './drafting.ts'
import { expect, start, test, type RunningApp } from './fixtures.ts'
import { tabTo } from './paid.ts'

const mod = process.platform === 'darwin' ? 'Meta' : 'Control'
const rowsOf = (app: RunningApp): Locator => app.page.locator('.queue-row[data-place]')

/** Row numbers as the list shows them, from top to bottom. */
async function order(app: RunningApp): Promise<readonly number[]> {
  const texts = await rowsOf(app).locator('> :first-child').allInnerTexts()
  return texts.map((text) => Number(/\d+/.exec(text)?.[0]))
}
const shows = (app: RunningApp, rows: readonly number[]): Promise<void> =>
  expect.poll(() => order(app)).toEqual(rows)

/** A batch of six that waits, on the Queue screen. */
async function sixWaiting(app: RunningApp): Promise<void> {
  await app.ask('queue.pause', { target: { all: true } })
  await runRows(
    app,
    [1, 2, 3, 4, 5, 6].map((number) => quickRow(number)),
  )
  await app.page.keyboard.press(`${mod}+4`)
  await expect(rowsOf(app)).toHaveCount(6)
}

const choose = (app: RunningApp, row: number): Promise<void> =>
  app.page.getByText(`A lantern on a river, number ${row}`).click()

const undo = (app: RunningApp): Promise<void> => app.page.keyboard.press(`${mod}+z`)

test('the queue is put in order by keys and by hand, taken back, and kept over a restart', async ({
  dataDir,
}) => {
  const first = await start({ dataDir })
  await sixWaiting(first)
  const { page } = first
  await expect(page.getByText('everything is paused').first()).toBeVisible()

  // What a lane shows under the pointer is there for the keys, too.
  await tabTo(page, page.getByRole('button', { name: 'Pause Rehearsal' }))

  await choose(first, 4)
  await page.keyboard.press('Alt+ArrowUp')
  await shows(first, [1, 2, 4, 3, 5, 6])
  await page.keyboard.press('Alt+ArrowUp')
  await shows(first, [1, 4, 2, 3, 5, 6])
  await page.keyboard.press('Alt+End')
  await shows(first, [1, 2, 3, 5, 6, 4])
  await expect(rowsOf(first).nth(5)).toHaveAttribute('data-focus')
  await undo(first)
  await shows(first, [1, 4, 2, 3, 5, 6])
  await page.keyboard.press('m')
  await page.getByRole('textbox', { name: /Position/ }).fill('1')
  await page.getByRole('button', { name: 'Move', exact: true }).click()
  await shows(first, [4, 1, 2, 3, 5, 6])
  await expect(rowsOf(first).nth(0)).toHaveAttribute('data-focus')

  const grip = rowsOf(first).nth(5).locator('[data-grip]')
  const target = await rowsOf(first).nth(1).boundingBox()
  await grip.hover()
  await page.mouse.down()
  await page.mouse.move((target?.x ?? 0) + 30, (target?.y ?? 0) + 4, { steps: 6 })
  await page.mouse.up()
  await shows(first, [4, 6, 1, 2, 3, 5])

  await choose(first, 5)
  await page.keyboard.press('u')
  await shows(first, [5, 4, 6, 1, 2, 3])
  await choose(first, 1)
  await page.keyboard.press('Space')
  await expect(rowsOf(first).nth(3)).toContainText('paused by you')
  await choose(first, 2)
  await page.keyboard.press('b')
  await expect(page.getByText('stops before row 2')).toBeVisible()
  await first.close()

  const second = await start({ dataDir })
  await second.page.keyboard.press(`${mod}+4`)
  await shows(second, [5, 4, 6, 1, 2, 3])
  await expect(second.page.getByText('everything is paused').first()).toBeVisible()
  await second.ask('queue.resume', { target: { all: true } })
  // Runs up to the break point; the paused one stays.
  await expect(second.page.getByText('stopped before row 2')).toBeVisible()
  await expect
    .poll(async () => (await second.ask('queue.tonight')).counts)
    .toMatchObject({ succeeded: 3, queued: 3, running: 0 })
  const card = second.page.getByRole('article', { name: /stopped where you said$/ })
  await card.getByRole('button', { name: 'Go on' }).click()
  await expect(card).toHaveCount(0)
  await expect
    .poll(async () => (await second.ask('queue.tonight')).counts)
    .toMatchObject({ succeeded: 5, queued: 1 })
  await second.close()
})

test('a waiting job is edited, copied and cancelled, and each is taken back', async ({ app }) => {
  await sixWaiting(app)
  const { page } = app
  await choose(app, 2)
  await page.keyboard.press('e')
  await page.getByRole('textbox', { name: 'Prompt', exact: true }).fill('A heron on one leg')
  await page.getByRole('textbox', { name: 'Length, seconds' }).fill('three')
  await expect(page.getByRole('dialog').getByText(/three/).first()).toBeVisible()
  await checkThemes(app, 'edit a job')
  await page.getByRole('textbox', { name: 'Length, seconds' }).fill('2')
  await expect(page.getByRole('button', { name: 'Change the job' })).toBeEnabled()
  await page.getByRole('button', { name: 'Change the job' }).click()
  await expect(rowsOf(app).nth(1)).toContainText('A heron on one leg')
  await undo(app)
  await expect(rowsOf(app).nth(1)).toContainText('number 2')

  await page.keyboard.press(`${mod}+a`)
  await expect(page.getByText('6 jobs chosen.')).toBeVisible()
  await choose(app, 2)
  await page.keyboard.press(`${mod}+d`)
  await expect(rowsOf(app)).toHaveCount(7)
  await undo(app)
  await expect(rowsOf(app)).toHaveCount(6)

  await page.getByRole('button', { name: 'Pause End to end' }).click()
  await app.ask('queue.resume', { target: { all: true } })
  await expect(page.getByText('its batch is paused').first()).toBeVisible()
  await page.getByRole('button', { name: 'Actions of End to end' }).click()
  await checkThemes(app, 'menu of a batch')
  await page.getByRole('menuitem', { name: /6 jobs that wait/ }).click()
  await expect(page.getByText('6 jobs cancelled.')).toBeVisible()
  await page.getByRole('button', { name: 'Undo' }).click()
  await expect
    .poll(async () => (await app.ask('queue.tonight')).counts)
    .toMatchObject({ queued: 6, cancelled: 0 })
  await shows(app, [1, 2, 3, 4, 5, 6])
})
