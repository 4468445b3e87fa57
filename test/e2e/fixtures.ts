import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import {
  _electron,
  expect,
  test as base,
  type ElectronApplication,
  type Page,
} from '@playwright/test'
import { bringsDisplay, openDisplay } from './display.ts'
import type { EngineState } from '../../src/shared/ipc/appInfo.ts'
import type { IpcApi } from '../../src/shared/ipc/api.ts'
import type { Envelope } from '../../src/shared/ipc/ipcError.ts'
import type { InputOf, OutputOf, RouteName } from '../../src/shared/ipc/routes.ts'

declare global {
  interface Window {
    readonly dailies: IpcApi
  }
}

/** The sample batch is ten clips to encode, which a busy machine needs minutes for. */
export const SAMPLE_MS = 240_000

const projectDir = resolve(import.meta.dirname, '../..')
/** Chromium refuses to run its sandbox as root. */
export const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []

export interface LaunchOptions {
  readonly dataDir: string
  readonly env?: Readonly<Record<string, string>> | undefined
  /** Files that the app is opened with. */
  readonly files?: readonly string[] | undefined
}

/** What Electron is started with. */
export const launchArgs = (dataDir: string): readonly string[] => [
  ...asRoot,
  projectDir,
  `--data-dir=${dataDir}`,
]

/** The app on a data folder; the engine may still be opening. */
function launch({ dataDir, env, files = [] }: LaunchOptions): Promise<ElectronApplication> {
  return _electron.launch({
    args: [...launchArgs(dataDir), ...files],
    env: { ...environment(), NODE_ENV: 'test', ...env },
  })
}

export function environment(): Record<string, string> {
  const set = Object.entries(process.env).filter((entry): entry is [string, string] => {
    return entry[1] !== undefined && entry[0] !== 'ELECTRON_RUN_AS_NODE'
  })
  return Object.fromEntries(set)
}

/** The app with its window, once the engine stands in a state that stays. */
export interface RunningApp {
  readonly electron: ElectronApplication
  readonly page: Page
  readonly dataDir: string
  engine(): Promise<EngineState>
  /** What the page would ask; fails the test when it is refused. */
  ask<R extends RouteName>(route: R, input?: InputOf<R>): Promise<OutputOf<R>>
  close(): Promise<void>
}

/** Starts the app and waits for its own word that it is ready. */
export async function start(options: LaunchOptions): Promise<RunningApp> {
  const electron = await launch(options)
  const page = await electron.firstWindow()
  const app = running(electron, page, options.dataDir)
  await expect.poll(async () => (await app.engine()).kind).not.toBe('opening')
  // Keys that are pressed before the page stands are lost.
  await expect(page.locator('main:not([aria-busy])')).toBeVisible()
  return app
}

/** The page's own door, without the types that differ by route. */
type AnyRequest = (route: string, input: unknown) => Promise<string>

function running(electron: ElectronApplication, page: Page, dataDir: string): RunningApp {
  const ask = async <R extends RouteName>(route: R, input?: InputOf<R>): Promise<OutputOf<R>> => {
    const answer = await request(page, route, input)
    if (!answer.ok) throw new Error(`${route}: ${answer.error.code}: ${answer.error.message}`)
    return answer.data as OutputOf<R>
  }
  return {
    electron,
    page,
    dataDir,
    ask,
    engine: async () => (await ask('app.info')).engine,
    close: () => electron.close(),
  }
}

/** Any request at all, also one that must be refused. */
export async function request(
  page: Page,
  route: string,
  input?: unknown,
): Promise<Envelope<unknown>> {
  const json = await page.evaluate(
    ([name, value]) => (window.dailies.request as AnyRequest)(name, value),
    [route, input] as const,
  )
  return JSON.parse(json) as Envelope<unknown>
}

interface Fixtures {
  /** A folder of its own for each test, gone afterwards. */
  readonly dataDir: string
  /** The app on that folder. */
  readonly app: RunningApp
}

export const test = base.extend<Fixtures, { readonly display: void }>({
  display: [
    // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads names out of it; there is nothing to take
    async ({}, use) => {
      const close = bringsDisplay() ? await openDisplay() : null
      await use()
      await close?.()
    },
    { scope: 'worker', auto: true },
  ],
  // oxlint-disable-next-line eslint/no-empty-pattern -- Playwright reads names out of it; there is nothing to take
  dataDir: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'dailies-e2e-'))
    await use(folder)
    rmSync(folder, { recursive: true, force: true })
  },
  app: async ({ dataDir }, use) => {
    const app = await start({ dataDir })
    await use(app)
    await app.close()
  },
})

export { expect } from '@playwright/test'
