import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { SCREENS } from '../../src/shared/ipc/commands.ts'
import { checkThemes, wear } from './access.ts'
import { delivered, quickRow, runRows } from './drafting.ts'
import { expect, test, type RunningApp } from './fixtures.ts'

const mod = process.platform === 'darwin' ? 'Meta' : 'Control'

const go = async (app: RunningApp, screen: (typeof SCREENS)[number]): Promise<void> => {
  await app.page.keyboard.press(`${mod}+${SCREENS.indexOf(screen) + 1}`)
  await expect(app.page.getByRole('main')).toHaveAttribute('aria-label', new RegExp(screen, 'i'))
  await expect(app.page.locator('main [aria-busy="true"]')).toHaveCount(0)
}

/** Opened, and with something to be asked about before it runs. */
const withDoubts = async (app: RunningApp): Promise<void> => {
  const { id: draftId } = await app.ask('drafts.create', { name: 'In doubt' })
  const row = quickRow(1, { negativePrompt: 'rain' })
  await app.ask('drafts.save', { draftId, head: {}, put: [row], remove: [] })
  await app.page.reload()
  await expect(app.page.getByRole('heading', { name: 'In doubt' })).toBeVisible()
}

const withTakes = async (app: RunningApp): Promise<void> => {
  await runRows(app, [quickRow(1, { takes: '2' })])
  await delivered(app, 2)
}

/** Each opened by what a person types into the palette, with the screen where it is offered. */
const DIALOGS = [
  ['draft', 'Import a batch file', 'Import batch.csv'],
  ['draft', 'Columns…', 'Columns'],
  ['draft', 'Defaults and limits', 'Defaults and limits of the draft'],
  ['draft', 'Rename the draft', 'Rename the draft'],
  ['draft', 'Open another draft', 'Open a draft'],
  ['draft', 'Run the draft now', 'Run 1 job now'],
  ['queue', 'Keys of this screen', 'Keys of Queue'],
  ['queue', 'Night plan', 'Night plan'],
  ['review', 'Tag…', 'Tag this take'],
  ['review', 'Export…', 'Export'],
  ['settings', 'Add a key', 'Add a key'],
  ['settings', 'Licences', 'Licences'],
] as const

test('every dialog has its name, holds the focus, gives it back, and satisfies axe in both themes', async ({
  app,
  dataDir,
}) => {
  const { page } = app
  const file = join(dataDir, 'batch.csv')
  writeFileSync(file, 'prompt\nA kite\n')
  await withTakes(app)
  await withDoubts(app)
  await app.electron.evaluate(({ dialog }, path) => {
    dialog.showOpenDialog = () => Promise.resolve({ canceled: false, filePaths: [path] })
  }, file)
  await wear(app, 'dark')
  for (const [screen, words, name] of DIALOGS) {
    await go(app, screen)
    const isLost = () => page.evaluate(() => document.activeElement === document.body)
    await expect.poll(isLost, `${screen} takes the focus`).toBe(false)
    await page.keyboard.press(`${mod}+k`)
    await expect(page.getByRole('combobox')).toBeFocused()
    await page.keyboard.type(words)
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name }).or(page.getByRole('alertdialog', { name }))
    await expect(dialog).toBeVisible()
    const holds = () => dialog.evaluate((element) => element.contains(document.activeElement))
    await expect.poll(holds, `${name} takes the focus`).toBe(true)
    for (const key of ['Tab', 'Tab', 'Shift+Tab', 'Shift+Tab', 'Shift+Tab'])
      await page.keyboard.press(key)
    expect(await holds(), `${name} keeps the focus`).toBe(true)
    await checkThemes(app, name)
    // A list that stands open takes the first; a tip takes none.
    if (await dialog.locator('[role=combobox][aria-expanded=true]').isVisible())
      await page.keyboard.press('Escape')
    await page.keyboard.press('Escape')
    await expect(dialog).toBeHidden()
    await expect.poll(isLost, `${name} gives the focus back`).toBe(false)
  }
})

test('at 200 % everything that can be pressed lies in the window', async ({ app }) => {
  await withTakes(app)
  await app.electron.evaluate(({ BrowserWindow }) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.setContentSize(1440, 900)
    window?.webContents.setZoomFactor(2)
  })
  await expect.poll(() => app.page.evaluate(() => innerWidth)).toBe(720)
  for (const screen of SCREENS) {
    await go(app, screen)
    const outside = await app.page.locator('button, input, [role="tab"], h1').evaluateAll((all) =>
      all
        .map((element) => ({
          text: element.outerHTML.slice(0, 80),
          box: element.getBoundingClientRect(),
        }))
        .filter(({ box }) => box.width > 0 && (box.left < -1 || box.right > innerWidth + 1))
        .map(({ text }) => text),
    )
    expect(outside, screen).toEqual([])
  }
  await expect(app.page.getByRole('link', { name: 'Privacy' })).toBeInViewport({ ratio: 1 })
  // Words that the width has no room for are read out all the same.
  await go(app, 'queue')
  await expect(app.page.getByRole('radio', { name: 'Waiting 0' })).toBeAttached()
  await expect(app.page.getByRole('button', { name: '2 done' })).toBeAttached()
  await go(app, 'review')
  for (const key of ['Enter', 'i', '.', 'o']) await app.page.keyboard.press(key)
  await expect(app.page.getByRole('heading', { name: 'Row 1, take 1' })).toBeVisible()
  for (const button of await app.page.locator('.transport button').all())
    await button.click({ trial: true })
})

test('with motion reduced nothing on any screen moves for longer than 0.01 s, and forced colours leave the marks', async ({
  app,
}) => {
  await withTakes(app)
  await wear(app, 'dark')
  const moving = () =>
    app.page.evaluate(() => {
      const longest = (times: string): number =>
        Math.max(...times.split(', ').map((time) => Number.parseFloat(time)))
      return [...document.querySelectorAll('*')].flatMap((element) => {
        const { transitionDuration, animationDuration, animationName } = getComputedStyle(element)
        const isAnimated = animationName !== 'none' && longest(animationDuration) > 0.01
        return isAnimated || longest(transitionDuration) > 0.01
          ? [element.outerHTML.slice(0, 80)]
          : []
      })
    })
  for (const screen of SCREENS) {
    await go(app, screen)
    expect(await moving(), screen).toEqual([])
  }
  await app.page.keyboard.press(`${mod}+k`)
  await expect(app.page.getByRole('combobox')).toBeFocused()
  expect(await moving(), 'the palette').toEqual([])

  await app.page.emulateMedia({ forcedColors: 'active' })
  const ground = (selector: string): Promise<string> =>
    app.page
      .locator(selector)
      .first()
      .evaluate((element) => getComputedStyle(element).backgroundColor)
  expect(await ground('.strip .status-mark[data-tone="done"]')).not.toBe(await ground('body'))
})
