import { readFileSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { expect, start, test } from './fixtures.ts'

/** A server of one file, gone with the worker. */
async function feedOf(body: string): Promise<string> {
  const server = createServer((_, response) => response.end(body)).unref()
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done))
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}

const mod = process.platform === 'darwin' ? 'Meta' : 'Control'

test('what was set is there after a restart', async ({ dataDir }) => {
  const appearance = { theme: 'light', density: 'compact', reducedMotion: 'always' } as const
  const first = await start({ dataDir })
  await first.ask('settings.set', { appearance, keepAwake: false })
  // Nothing asks for updates until there is a feed, and then a person does.
  const { page } = first
  await page.keyboard.press(`${mod}+7`)
  const about = page.getByRole('region', { name: 'About and logs' })
  // An address that is half typed is no order when a key takes the screen away.
  await about.getByLabel('Update feed').fill('http://127.0.0.1:80')
  await page.keyboard.press(`${mod}+1`)
  await page.keyboard.press(`${mod}+7`)
  await expect(about.getByLabel('Update feed')).toHaveValue('')
  expect((await first.ask('settings.get')).updates.feedUrl).toBeNull()
  await expect(about.getByRole('button', { name: 'Ask now' })).toBeHidden()
  const feedUrl = await feedOf('version: 99.0.0')
  await about.getByLabel('Update feed').fill(feedUrl)
  await page.keyboard.press('Enter')
  await about.getByRole('button', { name: 'Ask now' }).click()
  await expect(page.getByText('Dailies 99.0.0 is out')).toBeVisible()
  await first.close()
  const second = await start({ dataDir })
  expect(await second.ask('settings.get')).toMatchObject({
    appearance,
    keepAwake: false,
    updates: { feedUrl },
  })
  await second.close()
})

test('a broken settings file is kept aside, the app starts, and says so until it is told', async ({
  dataDir,
}) => {
  writeFileSync(join(dataDir, 'settings.json'), '{ "appearance": ')
  const app = await start({ dataDir })
  const [notice] = (await app.ask('app.info')).notices
  expect(notice?.message).toContain('settings.broken-')
  const aside = /settings\.broken-\S+\.json/.exec(notice?.message ?? '')?.[0] ?? ''
  expect(readFileSync(join(dataDir, aside), 'utf8')).toBe('{ "appearance": ')
  await app.ask('app.dismissNotice', { id: notice?.id ?? '' })
  expect((await app.ask('app.info')).notices).toEqual([])
  await app.close()
})

test('keys are changed where another command had them, work at once, and are put back', async ({
  app,
}) => {
  const { page } = app
  await page.keyboard.press(`${mod}+7`)
  // A section that is too short to reach the top is the one that was meant all the same.
  const privacy = page.getByRole('link', { name: 'Privacy' })
  await privacy.click()
  await expect(page.getByRole('heading', { name: 'Privacy' })).toBeFocused()
  await expect(page.getByRole('heading', { name: 'Privacy' })).toBeInViewport()
  await expect(privacy).toHaveAttribute('aria-current', 'true')
  await page.getByRole('button', { name: 'Change the keys of Go to Frames' }).click()
  const dialog = page.getByRole('dialog', { name: 'Keys of “Go to Frames”' })
  await expect(dialog.getByLabel('New keys')).toBeFocused()
  await page.keyboard.press(`${mod}+4`)
  await expect(dialog.getByRole('status')).toContainText('“Go to Queue” has these keys')
  await dialog.getByRole('button', { name: 'Take them over' }).click()
  await page.keyboard.press(`${mod}+4`)
  await expect(page.getByRole('main')).toHaveAttribute('aria-label', 'Frames')
  const accelerator = (id: string) =>
    app.electron.evaluate(
      ({ Menu }, item) => Menu.getApplicationMenu()?.getMenuItemById(item)?.accelerator ?? null,
      id,
    )
  expect(await accelerator('go.frames')).toBe('CmdOrCtrl+4')
  expect(await accelerator('go.queue')).toBeNull()
  await page.keyboard.press(`${mod}+7`)
  await page.getByRole('button', { name: 'Put all 2 changed back' }).click()
  await page.keyboard.press(`${mod}+4`)
  await expect(page.getByRole('main')).toHaveAttribute('aria-label', 'Queue')
})
