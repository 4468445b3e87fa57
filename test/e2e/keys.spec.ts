import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, start, test } from './fixtures.ts'
import { delivered } from './drafting.ts'
import { paidRow, runPaid, tabTo, typeKey } from './paid.ts'
import { startDouble } from '../servers/start.ts'
import type { ServerControl } from '../servers/types.ts'

const KEY = 'lmnfl_e2e-canary-7c1f93b2e8d64a05'
const mod = process.platform === 'darwin' ? 'Meta' : 'Control'
const env = { LUMENFALL_API_KEY: '', FAL_KEY: '', REPLICATE_API_TOKEN: '', OPENAI_API_KEY: '' }

let server: ServerControl
test.beforeEach(async () => {
  server = await startDouble('lumenfall')
})
test.afterEach(() => server.close())

const urls = () => ({
  base: server.env['LUMENFALL_BASE_URL'] ?? '',
  api: server.env['LUMENFALL_API_URL'] ?? '',
})

/** Everything the app wrote, by file. */
const writtenIn = (folder: string): readonly (readonly [string, string])[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [path, readFileSync(path, 'latin1')])

const holdersOf = (key: string, folder: string): readonly string[] =>
  writtenIn(folder).flatMap(([path, text]) =>
    [key, encodeURIComponent(key), Buffer.from(key).toString('base64').replace(/=+$/, '')].some(
      (form) => text.includes(form),
    )
      ? [path]
      : [],
  )

test('with a key and an address typed in Settings, a draft is sent, delivered and paid for', async ({
  dataDir,
}) => {
  const app = await start({ dataDir, env: { ...env, DAILIES_LOG: 'debug' } })
  const { page } = app
  await page.keyboard.press(`${mod}+7`)
  await tabTo(page, page.getByRole('button', { name: /^Lumenfall/ }))
  await page.keyboard.press('Enter')
  const panel = page.getByRole('region', { name: 'Lumenfall' })
  for (const [name, url] of [
    ['Base', urls().base],
    ['API', urls().api],
  ] as const) {
    await tabTo(page, panel.getByLabel(name, { exact: true }))
    await page.keyboard.type(url)
    await page.keyboard.press('Enter')
  }
  await tabTo(page, page.getByRole('button', { name: 'Add a key of Lumenfall' }), 'Shift+Tab')
  await page.keyboard.press('Enter')
  await typeKey(page, KEY)
  await expect(page.getByRole('list', { name: 'Keys of Lumenfall' })).toContainText(/balance \$/)
  expect((await server.bill()).length).toBe(0)

  await runPaid(app, [
    paidRow(1, 'A ferry leaves the pier'),
    paidRow(2, 'Rain on a tin roof'),
    paidRow(3, 'A kite over dunes', { takes: '2' }),
  ])
  const takes = await delivered(app, 4)
  const bill = await server.bill()
  expect(bill.filter(({ accepted }) => accepted)).toHaveLength(4)
  const billed = bill.reduce((sum, { costMicros }) => sum + costMicros, 0)
  const ledger = takes.reduce((sum, { cost }) => sum + (cost?.micros ?? 0), 0)
  expect(ledger).toBe(billed)
  expect((await app.ask('queue.tonight')).spent).toMatchObject({ micros: billed })

  const spent = `$${(billed / 1_000_000).toFixed(2)}`
  await expect(page.getByRole('banner', { name: 'Tonight' })).toContainText(spent)
  await expect(page.getByRole('button', { name: /^Lumenfall/ })).toContainText(`${spent} today`)
  await page.keyboard.press(`${mod}+6`)
  await expect(page.getByRole('main')).toContainText(spent)
  await page.keyboard.press(`${mod}+5`)
  await expect(page.getByRole('gridcell', { name: /^Row 3, take 2/ })).toBeVisible()

  expect(await page.content()).not.toContain(KEY)
  const told = JSON.stringify([await app.ask('providers.desk'), await app.ask('settings.get')])
  expect(told).not.toContain(KEY)
  expect(told).toContain(KEY.slice(-4))
  await app.close()
  const sent = (await server.requests()).map(({ headers }) => JSON.stringify(headers))
  expect(sent.some((headers) => headers.includes(KEY))).toBe(true)
  expect(holdersOf(KEY, dataDir)).toEqual([])
})

test('a key in a file is there after a restart, for its owner alone, and in no other file', async ({
  dataDir,
}) => {
  const first = await start({ dataDir, env })
  const desk = await first.ask('providers.desk')
  test.skip(desk.noKeyring === null, 'this machine has a keyring')
  const wish = { provider: 'lumenfall', name: 'night shift', apiKey: KEY }
  await first.ask('keys.add', { ...wish, place: 'file' })
  await first.close()
  const path = join(dataDir, 'keys.json')
  expect(statSync(path).mode & 0o777).toBe(0o600)
  expect(holdersOf(KEY, dataDir)).toEqual([path])
  const second = await start({ dataDir, env })
  const { page } = second
  await page.keyboard.press(`${mod}+7`)
  await page.getByRole('button', { name: /^Lumenfall/ }).click()
  await page.getByRole('button', { name: 'More for key night shift' }).click()
  await page.getByRole('menuitem', { name: 'Remove…' }).click()
  await page.getByRole('button', { name: 'Remove the key' }).click()
  await expect(page.getByRole('region', { name: 'Lumenfall' })).toContainText('None yet.')
  await second.close()
  expect(holdersOf(KEY, dataDir)).toEqual([])
})

test('a key that was kept is in no memory of the page, command line, address, report or crash', async ({
  dataDir,
}) => {
  const first = await start({ dataDir, env })
  const desk = await first.ask('providers.desk')
  test.skip(desk.noKeyring === null, 'this machine has a keyring')
  await first.ask('keys.add', { provider: 'lumenfall', name: 'kept', apiKey: KEY, place: 'file' })
  await first.close()
  const app = await start({ dataDir, env: { ...env, DAILIES_LOG: 'debug' } })
  for (const [name, url] of Object.entries(urls()))
    await app.ask('providers.setBaseUrl', { provider: 'lumenfall', name, url })
  await runPaid(app, [paidRow(1, '../../../a ferry leaves'), paidRow(2, 'C:\\rain\\on.exe\0')])
  const takes = await delivered(app, 2)
  const { outDir } = await app.ask('app.info')
  expect(takes.filter(({ path }) => dirname(path) !== outDir)).toEqual([])
  expect(readdirSync(dirname(dataDir)).filter((name) => /ferry|rain/.test(name))).toEqual([])

  await app.page.keyboard.press(`${mod}+5`)
  await expect(app.page.getByRole('gridcell', { name: /^Row 2/ })).toBeVisible()
  const heap = join(dataDir, 'page.heapsnapshot')
  await app.ask('app.copyReport')
  const { report, pids } = await app.electron.evaluate(
    async ({ app: main, BrowserWindow, clipboard }, path) => {
      await BrowserWindow.getAllWindows()[0]?.webContents.takeHeapSnapshot(path)
      return {
        report: await clipboard.readText(),
        pids: main.getAppMetrics().map(({ pid }) => pid),
      }
    },
    heap,
  )
  expect(readFileSync(heap, 'utf8').includes('a ferry leaves')).toBe(true)
  expect(report).toContain('lumenfall: 1 keys kept')
  const commands = execFileSync('ps', ['-ww', '-o', 'args=', '-p', pids.join(',')], {
    encoding: 'utf8',
  })
  expect(commands).toContain(`--data-dir=${dataDir}`)
  const addresses = (await server.requests()).map(({ path }) => path)
  expect(addresses.length).toBeGreaterThan(3)
  expect(`${report}${commands}${addresses.join()}`).not.toContain(KEY)

  const ended = new Promise((done) => app.electron.process().once('exit', done))
  await app.electron.evaluate((_, key) => {
    setTimeout(() => {
      throw new Error(`a crash that names ${key}`)
    })
  }, KEY)
  await ended
  expect(holdersOf(KEY, dataDir)).toEqual([join(dataDir, 'keys.json')])
})

test('another address is asked about while money is out, and the first one still delivers', async ({
  dataDir,
}) => {
  await server.set({ renders: { mode: 'hand' } })
  const app = await start({ dataDir, env: { ...env, LUMENFALL_API_KEY: KEY } })
  const { page } = app
  for (const [name, url] of Object.entries(urls()))
    await app.ask('providers.setBaseUrl', { provider: 'lumenfall', name, url })
  await runPaid(app, [paidRow(1, 'A lighthouse at dusk')])
  await expect.poll(async () => (await server.renders()).length).toBe(1)
  await page.keyboard.press(`${mod}+7`)
  await page.getByRole('button', { name: /^Lumenfall/ }).click()
  const field = page.getByRole('region', { name: 'Lumenfall' }).getByLabel('Base', { exact: true })
  await field.fill('https://gateway.example/v1')
  await page.keyboard.press('Enter')
  const question = page.getByRole('alertdialog', { name: 'Call another server?' })
  await expect(question).toContainText('1 job is out at the server that is set now.')
  await question.getByRole('button', { name: 'Not now' }).click()
  await expect(field).toHaveValue(urls().base)
  await server.finish()
  await delivered(app, 1)
  expect(await server.bill()).toHaveLength(1)
  await app.close()
})
