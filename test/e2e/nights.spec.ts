import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { findFfmpeg, searchHere } from '../../src/main/media/ffmpegPath.ts'
import { checkAccess } from './access.ts'
import { delivered, quickRow, runRows } from './drafting.ts'
import { expect, start, test, type RunningApp } from './fixtures.ts'

const HOUR_MS = 3_600_000
/** Countdowns of half a second to a minute: enough to press what stops a long one. */
const QUICK = { DAILIES_TIME_SCALE: '10' }
const mod = process.platform === 'darwin' ? 'Meta' : 'Control'
const clock = (hour: number): string => `${String(hour % 24).padStart(2, '0')}:00`

const textOf = (file: string): string => (existsSync(file) ? readFileSync(file, 'utf8') : '')

/** As after a sleep: the clock on the wall is later, and the machine says that it woke. */
async function sleepFor(app: RunningApp, ms: number): Promise<void> {
  await app.electron.evaluate(({ powerMonitor }, length) => {
    const now = Date.now.bind(Date)
    Date.now = () => now() + length
    powerMonitor.emit('resume')
  }, ms)
}

/** Opens one hour of every day. */
async function openOnly(app: RunningApp, hour: number): Promise<void> {
  const { nights } = await app.ask('settings.get')
  const days = Array.from({ length: 7 }, () => 1 << (hour % 24))
  await app.ask('settings.set', { nights: { ...nights, isOn: true, days } })
}

async function runTonight(app: RunningApp, jobs: number): Promise<void> {
  const rows = Array.from({ length: jobs }, (_, at) => quickRow(at + 1))
  const { id: draftId } = await app.ask('drafts.create', { name: 'For the night' })
  await app.ask('drafts.save', { draftId, head: {}, put: rows, remove: [] })
  const { digest } = await app.ask('drafts.check', { draftId })
  await app.ask('drafts.run', { draftId, how: 'tonight', confirmed: digest, again: false })
}

test('work for the night waits for its window, over a restart, and runs when it opens', async ({
  dataDir,
}) => {
  const first = await start({ dataDir })
  const hour = new Date().getHours() + 2
  await openOnly(first, hour)
  await runTonight(first, 2)
  await first.page.keyboard.press(`${mod}+4`)
  const row = first.page.getByRole('row', { name: /A lantern on a river, number 1/ })
  await expect(row).toContainText(`window opens ${clock(hour)}`)
  await expect(first.page.getByRole('button', { name: `opens ${clock(hour)}` })).toBeVisible()
  await first.close()

  const second = await start({ dataDir })
  expect((await second.ask('queue.tonight')).counts).toMatchObject({ queued: 2, running: 0 })
  await sleepFor(second, 2 * HOUR_MS)
  await delivered(second, 2)
  await expect(second.page.getByRole('button', { name: /^window until/ })).toBeVisible()
  await second.close()
})

test('the night plan is drawn with the mouse and with keys', async ({ app }) => {
  const { page } = app
  await page.keyboard.press(`${mod}+Shift+N`)
  await page.getByRole('button', { name: 'None', exact: true }).click()
  const cell = (name: string) => page.getByRole('gridcell', { name, exact: true })
  await cell('Tuesday 01:00').hover()
  await page.mouse.down()
  await cell('Thursday 03:00').hover({ force: true })
  await page.mouse.up()
  await expect(cell('Wednesday 02:00')).toHaveAttribute('aria-selected', 'true')
  await cell('Tuesday 01:00').focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Shift+ArrowRight')
  const tuesday = 1 << 3
  const other = (1 << 1) | (1 << 2) | (1 << 3)
  await expect
    .poll(async () => (await app.ask('settings.get')).nights)
    .toMatchObject({ isOn: true, days: [0, tuesday, other, other, 0, 0, 0] })
  await page.getByLabel('Budget of a night').fill('12,50')
  await page.keyboard.press('Enter')
  await expect.poll(async () => (await app.ask('queue.tonight')).cap?.micros).toBe(12_500_000)
  // A time that is written is meant, as an hour that is painted.
  await page.getByText('in these hours only').click()
  await expect.poll(async () => (await app.ask('settings.get')).nights.isOn).toBe(false)
  await page.getByLabel('Stop sending at').fill('02:40')
  await page.keyboard.press('Enter')
  await expect
    .poll(async () => (await app.ask('settings.get')).nights)
    .toMatchObject({ stopAt: 160, isOn: true })
  await checkAccess(app, 'night plan')

  // What is half typed when the plan is closed was no order.
  await page.getByLabel('Budget of a night').fill('')
  await page.keyboard.press('Escape')
  await expect(page.getByLabel('Budget of a night')).toHaveCount(0)
  await page.keyboard.press(`${mod}+Shift+N`)
  await expect(page.getByLabel('Budget of a night')).toHaveValue('$12.50')
  expect((await app.ask('queue.tonight')).cap?.micros).toBe(12_500_000)
})

test('when the work is done a program is run, unless its countdown is stopped; a report is there', async ({
  dataDir,
}) => {
  const told = join(dataDir, 'told.txt')
  const app = await start({ dataDir, env: QUICK })
  await app.electron.evaluate(({ dialog }, program) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [program] })
  }, process.execPath)
  await app.ask('nights.chooseProgram')
  const args = [
    '-e',
    'require("node:fs").writeFileSync(process.argv[1], process.argv[2])',
    told,
    'a b',
  ]
  const command = { action: 'command', args } as const
  await app.ask('settings.set', { whenDone: { ...command, countdownSeconds: 600 } })
  await runRows(app, [quickRow(1)])
  const stop = app.page.getByRole('button', { name: 'Stop that' })
  await expect(stop).toBeVisible()
  expect(existsSync(told)).toBe(false)
  await stop.click()
  await expect(stop).toHaveCount(0)
  expect((await app.ask('nights.state')).countdown).toBeNull()

  await app.ask('settings.set', { whenDone: { ...command, countdownSeconds: 5 } })
  await runRows(app, [quickRow(2)])
  await expect.poll(() => textOf(told)).toBe('a b')

  const beeps = await app.electron.evaluateHandle(({ shell }) => {
    const heard = { times: 0 }
    shell.beep = () => void (heard.times += 1)
    return heard
  })
  await app.ask('settings.set', { whenDone: { action: 'sound' } })
  await runRows(app, [quickRow(3)])
  await expect.poll(() => beeps.evaluate(({ times }) => times)).toBe(1)

  const { outDir } = await app.ask('app.info')
  const reports = readdirSync(outDir).filter((name) => /^night-.*\.(html|json)$/.test(name))
  expect(reports).toHaveLength(2)
  const page = readFileSync(
    join(outDir, reports.find((name) => name.endsWith('html')) ?? ''),
    'utf8',
  )
  expect(page).toContain('data:image/jpeg;base64,')
  expect(page).toContain('A lantern on a river, number 2')
  await app.close()
})

test('the machine is put to sleep, then shut down, by a program of the system that is started once', async ({
  dataDir,
}) => {
  test.skip(process.platform !== 'linux', 'the programs of other systems cannot be replaced')
  const told = join(dataDir, 'told.txt')
  const bin = join(dataDir, 'bin')
  mkdirSync(bin)
  const fake = `#!/bin/sh\necho "$@" >> '${told}'\n`
  writeFileSync(join(bin, 'systemctl'), fake, { mode: 0o755 })
  // No other folder is searched: the system's own program cannot be reached from here.
  const ffmpeg = findFfmpeg(searchHere(null))
  const env = { ...QUICK, PATH: bin, FFMPEG_PATH: ffmpeg.ok ? ffmpeg.value.path : '' }
  const app = await start({ dataDir, env })
  await app.ask('settings.set', { whenDone: { action: 'sleep', countdownSeconds: 5 } })
  await runRows(app, [quickRow(1)])
  await expect.poll(() => textOf(told)).toBe('suspend\n')

  const closed = app.electron.waitForEvent('close', { timeout: 60_000 })
  await app.ask('settings.set', { whenDone: { action: 'shutDown', countdownSeconds: 5 } })
  await runRows(app, [quickRow(2)])
  await closed
  expect(textOf(told)).toBe('suspend\npoweroff\n')
})
