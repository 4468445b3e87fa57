import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, start, test } from './fixtures.ts'

const mod = process.platform === 'darwin' ? 'Meta' : 'Control'

test('what was set is there after a restart', async ({ dataDir }) => {
  const appearance = { theme: 'light', density: 'compact', reducedMotion: 'always' } as const
  const first = await start({ dataDir })
  await first.ask('settings.set', { appearance, keepAwake: false })
  await first.close()
  const second = await start({ dataDir })
  expect(await second.ask('settings.get')).toMatchObject({ appearance, keepAwake: false })
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
