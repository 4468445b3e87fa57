import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { SCREENS, type Screen } from '../../src/shared/ipc/commands.ts'
import { expect, start, type RunningApp } from '../e2e/fixtures.ts'

/**
 * `node test/pictures/run.ts`: the pictures of the README, of the real app on its sample batch. Wants a
 * built app, an Electron (ELECTRON_OVERRIDE_DIST_PATH, or the official one) and a display.
 */
const FOLDER = resolve(import.meta.dirname, '../../docs/pictures')
const SIZE = { width: 1440, height: 900 } as const
const RENDER_TIMEOUT_MS = 240_000
const mod = process.platform === 'darwin' ? 'Meta' : 'Control'

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true })
  const dataDir = mkdtempSync(join(tmpdir(), 'dailies-pictures-'))
  const app = await start({ dataDir })
  try {
    await prepare(app)
    await picture(app, 'draft')
    await app.page.getByRole('button', { name: 'Rehearse' }).click()
    await show(app, 'queue')
    await done(app, 3)
    await picture(app, 'queue')
    await done(app, 10)
    await expect(app.page.getByText('is done: 10 takes').first()).toBeVisible()
    await review(app)
  } finally {
    await app.close()
    rmSync(dataDir, { recursive: true, force: true })
  }
}

async function prepare(app: RunningApp): Promise<void> {
  const { appearance } = await app.ask('settings.get')
  await app.ask('settings.set', { appearance: { ...appearance, theme: 'dark' } })
  await app.electron.evaluate(({ BrowserWindow }, { width, height }) => {
    BrowserWindow.getAllWindows()[0]?.setContentSize(width, height)
  }, SIZE)
  await expect(app.page.getByText('What will be sent', { exact: false })).toBeVisible()
}

async function review(app: RunningApp): Promise<void> {
  const { page } = app
  await show(app, 'review')
  for (const key of ['P', '5', 'ArrowDown', '4', 'ArrowDown', 'X', 'ArrowRight', 'P']) {
    await page.keyboard.press(key)
  }
  await expect(page.getByRole('button', { name: 'Picked 2' })).toBeVisible()
  await picture(app, 'review')
  await page.keyboard.press('Enter')
  await picture(app, 'loupe')
}

async function show(app: RunningApp, screen: Screen): Promise<void> {
  await app.page.keyboard.press(`${mod}+${SCREENS.indexOf(screen) + 1}`)
  await expect(app.page.locator('main [aria-busy="true"]')).toHaveCount(0)
}

const done = (app: RunningApp, count: number): Promise<void> =>
  expect
    .poll(async () => (await app.ask('queue.tonight')).counts.succeeded, {
      timeout: RENDER_TIMEOUT_MS,
    })
    .toBeGreaterThanOrEqual(count)

/** Messages pass over the window; a picture waits until they are gone. */
async function picture(app: RunningApp, name: string): Promise<void> {
  const close = app.page.getByRole('button', { name: 'Dismiss' })
  while ((await close.count()) > 0) await close.first().click()
  await app.page.evaluate(async () => {
    await document.fonts.ready
    // Between two themes a button has the colour of neither.
    await Promise.allSettled(document.getAnimations().map(({ finished }) => finished))
  })
  const path = join(FOLDER, `${name}.jpg`)
  await app.page.screenshot({ path, type: 'jpeg', quality: 88 })
  console.log(path)
}

await main()
