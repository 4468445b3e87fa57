import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, start, test } from './fixtures.ts'

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
