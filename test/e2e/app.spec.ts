import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import { delivered, quickRow, runRows, takesOf } from './drafting.ts'
import { expect, launchArgs, request, start, test, type RunningApp } from './fixtures.ts'

test('starts with its window, its engine and a sample draft on the free rehearsal', async ({
  app,
}) => {
  expect(await app.engine()).toEqual({ kind: 'running' })
  await expect(app.page).toHaveTitle(/Dailies/)
  const [draft] = await app.ask('drafts.list')
  expect(draft?.rows).toBe(8)
  const check = await app.ask('drafts.check', { draftId: draft?.id ?? 'draft_none' })
  expect(check.problems).toEqual([])
  expect(check.totals.map(({ provider }) => provider)).toEqual(['rehearsal'])
})

test('is at least 1024x640 and comes back where it was', async ({ dataDir }) => {
  const bounds = { x: 40, y: 30, width: 1100, height: 700 }
  const first = await start({ dataDir })
  const got = await first.electron.evaluate(({ BrowserWindow }, wish) => {
    const [window] = BrowserWindow.getAllWindows()
    window?.setBounds(wish)
    return { least: window?.getMinimumSize(), bounds: window?.getBounds() }
  }, bounds)
  expect(got.least).toEqual([1024, 640])
  await first.close()
  const second = await start({ dataDir })
  const again = await second.electron.evaluate(({ BrowserWindow }) =>
    BrowserWindow.getAllWindows()[0]?.getBounds(),
  )
  await second.close()
  expect(again).toEqual(got.bounds)
})

test('a second start on the same folder shows the window of the first and leaves', async ({
  app,
}) => {
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.hide())
  const electron = createRequire(import.meta.url)('electron') as string
  const second = spawn(electron, [...launchArgs(app.dataDir)], { env: process.env })
  const code = await new Promise((done) => second.once('exit', done))
  expect(code).toBe(0)
  await expect
    .poll(() =>
      app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible()),
    )
    .toBe(true)
  expect(await app.engine()).toEqual({ kind: 'running' })
})

/** What the tray and the icon in the taskbar are told, which no test can see there. */
async function watchDesktop({ electron }: RunningApp) {
  const told = await electron.evaluateHandle(({ BrowserWindow, Tray }) => {
    let items: readonly Electron.MenuItem[] = []
    const click = (label: string): void => void items.find((item) => item.label === label)?.click()
    const seen = { tip: '', progress: -2, click }
    Tray.prototype.setToolTip = (text) => void (seen.tip = text)
    Tray.prototype.setContextMenu = (menu) => void (items = menu?.items ?? [])
    BrowserWindow.prototype.setProgressBar = (share) => void (seen.progress = share)
    return seen
  })
  return {
    tip: () => told.evaluate(({ tip }) => tip),
    progress: () => told.evaluate(({ progress }) => progress),
    choose: (label: string) => told.evaluate((seen, name) => seen.click(name), label),
  }
}

test('closed while work is left, it goes on in the tray and says so once', async ({ app }) => {
  const desktop = await watchDesktop(app)
  await app.ask('queue.pause', { target: { all: true } })
  await runRows(app, [quickRow(1)])
  await expect.poll(desktop.tip).toBe('Dailies: 1 waiting (paused)')
  await expect.poll(desktop.progress).toBe(0)
  await app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.close())
  const visible = () =>
    app.electron.evaluate(({ BrowserWindow }) => BrowserWindow.getAllWindows()[0]?.isVisible())
  await expect.poll(visible).toBe(false)
  await desktop.choose('Resume')
  await delivered(app, 1)
  await expect.poll(desktop.tip).toBe('Dailies: nothing to do')
  await expect.poll(desktop.progress).toBe(-1)
  await desktop.choose('Pause')
  await expect.poll(desktop.tip).toBe('Dailies: nothing to do (paused)')
  await desktop.choose('Open Dailies')
  await expect.poll(visible).toBe(true)
  expect((await app.ask('settings.get')).seen.trayNotice).toBe(true)
})

test('killed in the middle of a run, it goes on by itself and makes no clip twice', async ({
  dataDir,
}) => {
  const rows = [1, 2, 3, 4].map((number) => quickRow(number))
  const first = await start({ dataDir })
  await runRows(first, rows)
  await expect.poll(async () => (await takesOf(first)).length).toBeGreaterThan(0)
  first.electron.process().kill('SIGKILL')
  const second = await start({ dataDir })
  const takes = await delivered(second, 4)
  await second.close()
  expect(takes.map(({ row }) => row)).toEqual([1, 2, 3, 4])
  expect(new Set(takes.map(({ path }) => path)).size).toBe(4)
  expect(takes.every(({ path }) => existsSync(path))).toBe(true)
})

test('a request that is unknown or malformed is refused with a code', async ({ app }) => {
  const codeOf = async (route: string, input?: unknown) => {
    const answer = await request(app.page, route, input)
    return answer.ok ? 'ok' : answer.error.code
  }
  expect(await codeOf('queue.everything')).toBe('UNKNOWN_ROUTE')
  expect(await codeOf('queue.batch', { batchId: '../../etc' })).toBe('BAD_INPUT')
  expect(await codeOf('queue.batch', { batchId: 'batch_0000' })).toBe('NOT_FOUND')
  expect(await codeOf('settings.set', { folders: { outDir: '/etc' } })).toBe('BAD_INPUT')
})

test('settings, logs and database lie in the data folder and nowhere else', async ({ app }) => {
  const { dataDir, outDir, logsDir } = await app.ask('app.info')
  expect(dataDir).toBe(app.dataDir)
  for (const path of [outDir, logsDir]) expect(path.startsWith(join(dataDir, '/'))).toBe(true)
  for (const name of ['dailies.db', 'window']) expect(existsSync(join(dataDir, name))).toBe(true)
})
