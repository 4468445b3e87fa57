import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, start, test } from './fixtures.ts'

test('a page that crashed is loaded again, and the engine does not notice', async ({ app }) => {
  const before = await app.ask('queue.tonight')
  const loaded = app.electron.evaluate(
    ({ BrowserWindow }) =>
      new Promise<void>((done) => {
        const contents = BrowserWindow.getAllWindows()[0]?.webContents
        contents?.once('did-finish-load', () => done())
        contents?.forcefullyCrashRenderer()
      }),
  )
  await loaded
  // Playwright loses a page that crashed; main can still ask the new one.
  const after: unknown = await app.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.webContents.executeJavaScript(
      "window.dailies.request('queue.tonight').then(JSON.parse)",
    ),
  )
  expect(after).toEqual({ ok: true, data: before })
})

test('a bug that nobody caught is logged and ends the app; the next start goes on', async ({
  dataDir,
}) => {
  const app = await start({ dataDir })
  const { name } = await app.ask('drafts.create', { name: 'Made before the bug' })
  const exit = new Promise((done) => app.electron.process().once('exit', done))
  await app.electron.evaluate(() => {
    setTimeout(() => {
      throw new TypeError('a bug made by a test')
    }, 10)
  })
  expect(await exit).toBe(1)
  const log = readFileSync(join(dataDir, 'logs', 'dailies.log'), 'utf8')
  expect(log).toContain('a bug made by a test')
  const again = await start({ dataDir })
  expect(await again.engine()).toEqual({ kind: 'running' })
  expect((await again.ask('drafts.list')).map((draft) => draft.name)).toContain(name)
  await again.close()
})
