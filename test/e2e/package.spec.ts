import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { promisify } from 'node:util'
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses'
import { chromium, type Page } from '@playwright/test'
import { asRoot, environment, expect, request, test } from './fixtures.ts'

/** How a fuse is written in the executable. */
const ENABLED = '1'.charCodeAt(0)

const projectDir = resolve(import.meta.dirname, '../..')

test.skip(process.platform !== 'linux', 'Only Linux can start what it packs without a signature.')

test('the packed app is locked up and runs the sample batch', async () => {
  test.setTimeout(240_000)
  const folder = mkdtempSync(join(tmpdir(), 'dailies-e2e-'))
  try {
    const executable = await pack(folder)
    await checkFuses(executable)
    await inPackedApp(executable, join(folder, 'data'), async (page) => {
      await expect(page.getByRole('grid', { name: 'Prompts' })).toBeVisible()
      const [sample] = await data<readonly { id: string }[]>(page, 'drafts.list')
      const how = { draftId: sample?.id, how: 'rehearse', confirmed: null, again: false }
      await data(page, 'drafts.run', how)
      await expect
        .poll(() => data(page, 'queue.tonight'), { timeout: 120_000 })
        .toMatchObject({ counts: { succeeded: 10, failed: 0, running: 0, queued: 0, waiting: 0 } })
    })
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
})

async function pack(folder: string): Promise<string> {
  const output = join(folder, 'dist')
  const script = join(projectDir, 'scripts', 'package.mjs')
  await promisify(execFile)(process.execPath, [script, '--dir', `--output=${output}`])
  return join(output, 'linux-unpacked', 'dailies')
}

async function checkFuses(executable: string): Promise<void> {
  const wire = await getCurrentFuseWire(executable)
  const isOn = (fuse: FuseV1Options): boolean => Number(wire[fuse]) === ENABLED
  expect({
    runAsNode: isOn(FuseV1Options.RunAsNode),
    nodeOptions: isOn(FuseV1Options.EnableNodeOptionsEnvironmentVariable),
    inspect: isOn(FuseV1Options.EnableNodeCliInspectArguments),
    onlyFromArchive: isOn(FuseV1Options.OnlyLoadAppFromAsar),
  }).toEqual({ runAsNode: false, nodeOptions: false, inspect: false, onlyFromArchive: true })
}

/** Its fuses keep Playwright's usual way in shut, so the page is reached as a browser's would be. */
async function inPackedApp(
  executable: string,
  dataDir: string,
  use: (page: Page) => Promise<void>,
): Promise<void> {
  const child = spawn(
    executable,
    [...asRoot, '--remote-debugging-port=0', `--data-dir=${dataDir}`],
    {
      env: { ...environment(), NODE_ENV: 'test', DAILIES_TIME_SCALE: '20' },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
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
