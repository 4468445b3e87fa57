import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { pathToFileURL } from 'node:url'
import { promisify } from 'node:util'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { chromium, type Page } from '@playwright/test'
import manifest from '../../package.json' with { type: 'json' }
import { whyNoSandbox } from '../../scripts/sandbox.mjs'
import { asRoot, environment, expect, request, SAMPLE_MS, test } from './fixtures.ts'

/** How a fuse is written in the executable. */
const ENABLED = '1'.charCodeAt(0)

/** Only the command line has these, and it is in no package. */
const OF_COMMANDS: readonly string[] = ['cli-progress', 'commander']

const execute = promisify(execFile)
const projectDir = resolve(import.meta.dirname, '../..')

test.skip(process.platform !== 'linux', 'Only Linux can start what it packs without a signature.')
test.skip(whyNoSandbox('') !== null, 'A new copy of Electron gets no sandbox on this system.')

test('the packed app is locked up, takes a batch file, runs the sample batch and exports a trim', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'dailies-e2e-'))
  try {
    const executable = await pack(folder)
    await checkFuses(executable)
    const sheet = join(folder, 'kites.csv')
    writeFileSync(sheet, 'prompt\nA kite\nTwo kites\n')
    // As a desktop hands it over.
    const args = [`--data-dir=${join(folder, 'data')}`, pathToFileURL(sheet).href]
    await inPackedApp(executable, args, async (page) => {
      await page.getByRole('button', { name: 'Import 2 rows' }).click()
      await expect(page.getByRole('grid', { name: 'Prompts' })).toContainText('Two kites')
      const drafts = await data<readonly { id: string; name: string }[]>(page, 'drafts.list')
      const sample = drafts.find(({ name }) => name === 'Sample batch')
      const how = { draftId: sample?.id, how: 'rehearse', confirmed: null, again: false }
      await data(page, 'drafts.run', how)
      await expect
        .poll(() => data(page, 'queue.tonight'), { timeout: SAMPLE_MS })
        .toMatchObject({ counts: { succeeded: 10, failed: 0, running: 0, queued: 0, waiting: 0 } })
      await exportTrim(page)
      const licences = await data<readonly { name: string }[]>(page, 'app.licences')
      const names = licences.map(({ name }) => name).join('\n')
      const inside = Object.keys(manifest.dependencies).filter(
        (name) => !OF_COMMANDS.includes(name),
      )
      for (const name of inside) expect(names).toContain(name)
    })
    expect(readdirSync(join(folder, 'data', 'media', 'Exports'))).toHaveLength(1)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

/** Out of the package that people install, where the system can open one: else as it was packed. */
async function pack(folder: string): Promise<string> {
  const output = join(folder, 'dist')
  const script = join(projectDir, 'scripts', 'package.mjs')
  const hasDpkg = existsSync('/usr/bin/dpkg-deb')
  const kind = hasDpkg ? ['--dir', '--deb'] : ['--dir']
  await execute(process.execPath, [script, ...kind, `--output=${output}`])
  if (!hasDpkg) return join(output, 'linux-unpacked', 'dailies')
  const deb = readdirSync(output).find((name) => name.endsWith('.deb')) ?? ''
  const root = join(folder, 'root')
  await execute('dpkg-deb', ['--extract', join(output, deb), root])
  const entry = readFileSync(join(root, 'usr/share/applications/dailies.desktop'), 'utf8')
  expect(entry).toContain('Exec=/opt/Dailies/dailies %U')
  return join(root, 'opt', 'Dailies', 'dailies')
}

/** Marks in the loupe, then a re-encode, by ffmpeg. */
async function exportTrim(page: Page): Promise<void> {
  await page.keyboard.press('Control+5')
  await page
    .getByRole('gridcell', { name: /^Row \d+, take 1/ })
    .first()
    .waitFor()
  await page.keyboard.press('Enter')
  const timeline = page.getByRole('slider', { name: 'Position, in frames' })
  await expect(timeline).toHaveAttribute('max', /^\d+$/)
  for (const key of '..i......o') await page.keyboard.press(key)
  await page.getByRole('button', { name: 'Re-encode instead' }).click()
  await page.keyboard.press('e')
  await page.getByRole('button', { name: 'Export 1 file' }).click()
  const done = page.getByRole('dialog', { name: 'Exported' })
  await expect(done.getByRole('status')).toContainText('1 of 1 file written')
}

async function checkFuses(executable: string): Promise<void> {
  const wire = await getCurrentFuseWire(executable)
  const isOn = (fuse: FuseV1Options): boolean => Number(wire[fuse]) === ENABLED
  expect({
    runAsNode: isOn(FuseV1Options.RunAsNode),
    nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
    onlyFromArchive: isOn(FuseV1Options.OnlyLoadAppFromAsar),
    integrity: isOn(FuseV1Options.EnableEmbeddedAsarIntegrityValidation),
    encryptedCookies: isOn(FuseV1Options.EnableCookieEncryption),
    fileRights: isOn(FuseV1Options.GrantFileProtocolExtraPrivileges),
  }).toEqual({
    runAsNode: false,
    nodeOptions: false,
    inspect: false,
    onlyFromArchive: true,
    integrity: true,
    encryptedCookies: true,
    fileRights: false,
  })
}

/** Its fuses keep Playwright's usual way in shut, so the page is reached as a browser's would be. */
async function inPackedApp(
  executable: string,
  args: readonly string[],
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const child = spawn(executable, [...asRoot, '--remote-debugging-port=0', ...args], {
    env: { ...environment(), NODE_ENV: 'test', DAILIES_TIME_SCALE: '20' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const ended = once(child, 'exit')
  try {
    const browser = await chromium.connectOverCDP(await debugAddress(child))
    const [context] = browser.contexts()
    if (context === undefined) throw new Error('the packed app has no window')
    await use(context.pages()[0] ?? (await context.waitForEvent('page')))
    await browser.close()
  } finally {
    child.kill()
    await ended
  }
}

async function debugAddress(child: ChildProcess): Promise<string> {
  if (child.stderr === null) throw new Error('the packed app has no standard error')
  for await (const line of createInterface({ input: child.stderr })) {
    const address = /^DevTools listening on (\S+)/.exec(line)?.[1]
    if (address !== undefined) return address
  }
  throw new Error('the packed app ended before its window stood')
}

async function data<T>(page: Page, route: string, input?: unknown): Promise<T> {
  const answer = await request(page, route, input)
  if (!answer.ok) throw new Error(`${route}: ${answer.error.code}: ${answer.error.message}`)
  return answer.data as T
}
