import type { Locator, Page } from '@playwright/test'
import { lostFrame, type DraftRow } from '../../src/shared/domain/draft.ts'
import { checkAccess } from './access.ts'
import { quickRow } from './drafting.ts'
import { expect, start, test, type RunningApp } from './fixtures.ts'

const grid = (page: Page): Locator => page.getByRole('grid', { name: 'Prompts' })
const cell = (page: Page, row: number, text: string): Locator =>
  grid(page).locator(`[data-row="${row}"]`).getByRole('gridcell', { name: text, exact: true })

/** Opens a draft of these rows. */
async function opened(app: RunningApp, rows: readonly DraftRow[]): Promise<Page> {
  const { id: draftId } = await app.ask('drafts.create', { name: 'Night shots' })
  for (let from = 0; from < rows.length || from === 0; from += 2000) {
    const put = rows.slice(from, from + 2000)
    await app.ask('drafts.save', { draftId, head: {}, put: [...put], remove: [] })
  }
  await app.page.reload()
  await expect(grid(app.page)).toHaveAttribute('aria-rowcount', String(rows.length + 2))
  await grid(app.page).focus()
  return app.page
}

const keys = async (page: Page, ...pressed: readonly string[]): Promise<void> => {
  for (const key of pressed) await page.keyboard.press(key)
}

/** Runs in the page: what its foot says as long as a button of it turns. */
function watchBusy(): readonly string[] {
  const seen: string[] = []
  const look = (): void => {
    const button = document.querySelector('.draft-bar .button[data-pending]')
    if (button === null || getComputedStyle(button, '::before').width === 'auto') return
    const words = document.querySelector('.screen-foot > :last-child')?.textContent ?? ''
    if (!seen.includes(words)) seen.push(words)
  }
  new MutationObserver(look).observe(document.body, {
    subtree: true,
    childList: true,
    characterData: true,
    attributes: true,
  })
  return seen
}

/** Gone at once, with no time to write anything. */
async function killed({ electron }: RunningApp): Promise<void> {
  const gone = new Promise((done) => electron.process().once('exit', done))
  electron.process().kill('SIGKILL')
  await gone
}

test('a sheet by keyboard alone: type, series, fill, find and replace, sort, undo', async ({
  app,
  dataDir,
}) => {
  const page = await opened(app, [])
  await page.keyboard.type('A fox, shot 1')
  await keys(page, 'Enter')
  for (const text of ['A heron, shot 2', 'An owl, shot 3']) {
    await page.keyboard.type(text)
    await keys(page, 'Enter')
  }
  await expect(cell(page, 2, 'An owl, shot 3')).toBeVisible()

  // A press elsewhere keeps what was typed in its own cell.
  await keys(page, 'ControlOrMeta+Home')
  await page.keyboard.type('A fox, shot 1')
  await cell(page, 2, 'An owl, shot 3').click()
  await expect(cell(page, 0, 'A fox, shot 1')).toBeVisible()
  await expect(cell(page, 2, 'An owl, shot 3')).toBeVisible()

  // Cells beyond the last column come as variables, and go as one step.
  await app.electron.evaluate(({ clipboard }) => clipboard.writeText('5\tUlm\n7\tBern'))
  await keys(page, 'ControlOrMeta+Home', 'End', 'ControlOrMeta+v')
  await expect(page.getByRole('columnheader', { name: 'extra 1' })).toBeVisible()
  await expect(cell(page, 1, 'Bern')).toBeVisible()
  await keys(page, 'ControlOrMeta+z')
  await expect(page.getByRole('columnheader', { name: 'extra 1' })).toBeHidden()

  // Seeds 5, 7, and so on down the column.
  const toSeed = [
    'Home',
    'ArrowRight',
    'ArrowRight',
    'ArrowRight',
    'ArrowRight',
    'ArrowRight',
    'ArrowRight',
  ]
  await keys(page, 'ControlOrMeta+Home', ...toSeed)
  await page.keyboard.type('5')
  await keys(page, 'Enter')
  await page.keyboard.type('7')
  await keys(page, 'Enter', 'ControlOrMeta+Home', ...toSeed, 'Shift+ArrowDown', 'Shift+ArrowDown')
  await keys(page, 'ControlOrMeta+Shift+l')
  await expect(cell(page, 2, '9')).toBeVisible()

  // One word into every chosen cell.
  await keys(page, 'ControlOrMeta+Home', 'ArrowRight', 'ArrowRight', 'ArrowRight')
  await keys(page, 'Shift+ArrowDown', 'Shift+ArrowDown')
  await page.keyboard.type('4')
  await keys(page, 'ControlOrMeta+Enter')
  await expect(cell(page, 2, '4 s')).toBeVisible()

  // Out of a cell that is open, and what was typed there stays.
  await page.keyboard.type('6')
  await keys(page, 'ControlOrMeta+f')
  await page.keyboard.type('shot')
  await expect(cell(page, 0, '6 s')).toBeVisible()
  await expect(page.getByRole('search')).toContainText('3 in 3 cells')
  await keys(page, 'Enter', 'Enter')
  await expect(grid(page)).toHaveAttribute('aria-activedescendant', 'draft-cell-2-0')
  await checkAccess(app, 'find and replace')
  expect((await page.getByRole('search').boundingBox())?.height).toBeLessThan(60)
  await page.getByLabel('Replace by').fill('take')
  await keys(page, 'Tab', 'Tab', 'Enter')
  await expect(cell(page, 0, 'A fox, take 1')).toBeVisible()
  await keys(page, 'Escape', 'ControlOrMeta+z')
  await expect(cell(page, 0, 'A fox, shot 1')).toBeVisible()

  // Out of a cell that is open to another screen, where keys begin, and back to the rows.
  await keys(page, 'F2', 'ControlOrMeta+,')
  await expect(page.getByRole('region', { name: 'Every setting' })).toBeFocused()
  await keys(page, 'ControlOrMeta+1')
  await expect(page.getByRole('grid', { name: 'Prompts' })).toBeFocused()

  // Z to A by the command palette, out of a cell that is open, and back.
  await keys(page, 'ControlOrMeta+Home', 'F2', 'ControlOrMeta+k')
  await expect(page.getByRole('dialog', { name: 'Find a command' })).toBeVisible()
  await page.keyboard.type('sort by this column')
  await keys(page, 'ArrowDown', 'Enter')
  await expect(cell(page, 0, 'An owl, shot 3')).toBeVisible()
  await keys(page, 'ControlOrMeta+z', 'ControlOrMeta+l')
  await expect(page.getByText('1 of 3 rows')).toBeVisible()

  // A list of the library goes in where the prompt is typed; the columns change places, and stay so.
  await keys(page, 'ControlOrMeta+Home', 'F2', 'End', 'ControlOrMeta+j')
  await expect(page.getByRole('dialog', { name: 'Insert from the library' })).toBeVisible()
  await page.keyboard.type('lens')
  const list = page.getByRole('option', { name: /^lens/ })
  await expect(list).toBeVisible()
  await list.click()
  await page.keyboard.type(', at dusk')
  await keys(page, 'Enter')
  await expect(grid(page)).toContainText('__lens__, at dusk')
  await keys(page, 'ControlOrMeta+Home', 'Alt+ArrowRight')
  const heads = page.getByRole('columnheader')
  await expect(heads.nth(1)).toHaveText('First frame')
  await keys(page, 'ControlOrMeta+z')
  await expect(heads.nth(1)).toHaveText('Prompt')
  await keys(page, 'ControlOrMeta+Shift+z')

  // What is typed in a field beside the rows is kept at once: by a key that takes the screen away, too.
  await page.getByRole('button', { name: 'More of this row' }).click()
  await page.getByLabel('Negative prompt').fill('no rain')
  await keys(page, 'ControlOrMeta+2', 'ControlOrMeta+1')
  await page.getByRole('button', { name: 'More of this row' }).click()
  await expect(page.getByLabel('Negative prompt')).toHaveValue('no rain')
  await grid(page).focus()

  // What was typed half a second ago is there after the app is gone without a word, its cell still open.
  await keys(page, 'ControlOrMeta+Home', 'ControlOrMeta+ArrowDown', 'ArrowDown', 'ArrowRight')
  await page.keyboard.type('A kingfisher dives, and it is')
  const typed = performance.now()
  await page.keyboard.type(' still being typed', { delay: 25 })
  await expect.poll(() => performance.now() - typed).toBeGreaterThan(500)
  await killed(app)
  const next = await start({ dataDir })
  await expect(next.page.getByRole('columnheader').nth(1)).toHaveText('First frame')
  await expect(grid(next.page)).toContainText('A heron, shot 2')
  await expect(grid(next.page)).toContainText('A kingfisher dives, and it is')

  // So is what is typed beside the rows when a new draft is begun at once, and in the draft that it was typed in.
  await keys(next.page, 'ControlOrMeta+Home')
  await next.page.getByRole('button', { name: 'More of this row' }).click()
  await next.page.getByLabel('Name, for files').fill('owl-dusk')
  await keys(next.page, 'ControlOrMeta+n')
  await expect(next.page.getByText('Untitled draft').first()).toBeVisible()
  const left = (await next.ask('drafts.list')).find(({ name }) => name === 'Night shots')
  if (left === undefined) throw new Error('the first draft is gone')
  const { rows } = await next.ask('drafts.rows', { draftId: left.id, after: null, limit: 10 })
  expect(rows.map(({ name }) => name)).toContain('owl-dusk')
  await next.close()
})

test('10,000 rows: forty planted faults are walked, mended and admitted by key', async ({
  app,
}) => {
  const wrong: readonly Partial<DraftRow>[] = [
    { prompt: '', tags: ['hero'] },
    { size: 'wide' },
    { duration: 'long' },
    { firstFrame: 'frame_gone00' },
    { firstFrame: lostFrame('imageBroken', 'shots/a.png') },
    { models: [{ model: 'no-such-model', provider: null }] },
    { models: [{ model: 'sora-2', provider: null }] },
    { prompt: 'A {{beast}} at night' },
    { prompt: 'A {red|blue car' },
    { takes: '0' },
  ]
  const rows = Array.from({ length: 10_000 }, (_, index) =>
    quickRow(index, index % 250 === 249 ? wrong[Math.floor(index / 250) % 10] : {}),
  )
  const page = await opened(app, rows)
  await expect(page.getByText('40 problems to mend before this can run')).toBeVisible()
  await expect(page.getByRole('heading', { name: 'Problems, 40' })).toBeVisible()

  // The list has every one of them, and Enter goes to its cell.
  await page.getByRole('listbox', { name: 'Problems' }).focus()
  await keys(page, 'End', 'Enter')
  await expect(grid(page)).toBeFocused()
  await expect(grid(page)).toHaveAttribute('aria-activedescendant', /draft-cell-9999-\d+/)
  await page.getByRole('button', { name: /Kind of problem/ }).click()
  await page.getByRole('option', { name: 'Open brace, 4' }).click()
  await expect(page.getByRole('button', { name: /Kind of problem/ })).toBeFocused()
  await keys(page, 'F8')
  await expect(grid(page)).toHaveAttribute('aria-activedescendant', 'draft-cell-2249-0')
  await page.getByRole('button', { name: /Kind of problem/ }).click()
  await page.getByRole('option', { name: 'All kinds, 40' }).click()
  await expect(page.getByRole('button', { name: /Kind of problem/ })).toBeFocused()
  await grid(page).focus()
  await keys(page, 'ControlOrMeta+Home')

  await keys(page, 'F8')
  await expect(grid(page)).toHaveAttribute('aria-activedescendant', 'draft-cell-249-0')
  await page.keyboard.type('Mended')
  await keys(page, 'Enter')
  await expect(page.getByText('39 problems to mend before this can run')).toBeVisible()
  await keys(page, 'Shift+F8')
  await expect(grid(page)).toHaveAttribute('aria-activedescendant', /draft-cell-9999-\d+/)

  // Everything that is wrong in one view, where whole columns are mended at once.
  await page.getByRole('button', { name: 'Only these rows' }).click()
  await expect(page.getByText('39 of 10,000 rows')).toBeVisible()
  await grid(page).focus()
  const column = ['ControlOrMeta+Space'] as const
  await keys(page, 'ControlOrMeta+Home', ...column)
  await page.keyboard.type('Mended')
  await keys(page, 'ControlOrMeta+Enter', 'ArrowRight', ...column, 'Delete')
  // The first of them has a sound model.
  await keys(page, 'ArrowRight', ...column, 'ControlOrMeta+d')
  for (const value of ['1', '320x180', '1']) {
    await keys(page, 'ArrowRight', ...column)
    await page.keyboard.type(value)
    await keys(page, 'ControlOrMeta+Enter')
  }
  await expect(page.getByText(/to mend before this can run/)).toBeHidden()
  await app.ask('queue.pause', { target: { all: true } })

  // Busy at once, and said; a second press meanwhile starts nothing.
  const busyWords = await page.evaluateHandle(watchBusy)
  await keys(page, 'ControlOrMeta+Shift+r', 'ControlOrMeta+Shift+r')
  await expect(page.getByText('10,000 jobs in the queue.').first()).toBeVisible()
  await expect(page.getByRole('alertdialog')).toBeHidden()
  expect(await busyWords.jsonValue()).toEqual(['Checking 10,000 rows…', 'Queueing 10,000 jobs…'])
})

test('a template shows its count, its prompts and what is wrong while it is written', async ({
  app,
}) => {
  const page = await opened(app, [quickRow(1, { prompt: 'A kite' })])
  await keys(page, 'ControlOrMeta+e')
  const editor = page.getByRole('textbox', { name: 'Template of row 1' })
  await expect(editor).toBeFocused()
  const hundred = Array.from({ length: 100 }, (_, at) => `v${at}`).join('|')
  await editor.fill(`{${hundred}} {${hundred}} {${hundred}}`)
  await expect(page.getByText('1,000,000 prompts', { exact: true })).toBeVisible()
  await page.getByRole('radio', { name: 'Some at random' }).click()
  await page.getByLabel('How many per row').fill('500')
  await expect(page.getByText('500 prompts, drawn from 1,000,000')).toBeVisible()

  await editor.fill('A {red|blue kite')
  await expect(page.getByText('{ is opened here and never closed.')).toBeVisible()
  await editor.fill('A {{animal}} on a {red|blue} kite')
  await page.getByLabel('animal, 0 values').fill('fox | owl')
  await expect(page.getByText('4 prompts', { exact: true })).toBeVisible()
  await expect(page.getByText('A owl on a blue kite')).toBeVisible()

  await checkAccess(app, 'template')
  await page.getByRole('button', { name: 'Make rows of these' }).click()
  await page.getByRole('radio', { name: 'Rows' }).click()
  await expect(grid(page)).toHaveAttribute('aria-rowcount', '6')

  // A look at the models changes nothing.
  await grid(page).focus()
  await keys(page, 'ControlOrMeta+Home', 'ArrowRight', 'ArrowRight', 'Enter')
  const picker = page.getByRole('dialog', { name: 'Choose a model' })
  await expect(picker).toBeVisible()
  const isAtItsCell = async (): Promise<boolean> => {
    const [here, there] = await Promise.all([
      picker.boundingBox(),
      cell(page, 0, 'Rehearsal').boundingBox(),
    ])
    return here !== null && there !== null && Math.abs(here.x - there.x) < there.width
  }
  await expect.poll(isAtItsCell, 'the picker stands at its cell').toBe(true)
  await keys(page, 'Escape')
  await expect(picker).toBeHidden()
  await expect(cell(page, 0, 'Rehearsal')).toBeVisible()
  await expect(cell(page, 3, 'A owl on a blue kite')).toBeVisible()
})
