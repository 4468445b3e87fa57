import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { SOFTWARE_DRAWING } from '../src/main/window/softwareDrawing.ts'
import { openLongDraft } from './appDraft.ts'
import { fillLibrary } from './appLibrary.ts'
import {
  appLaunch,
  openWindow,
  scroll,
  settledMegabytes,
  shapeOf,
  type Launch,
  type ListShape,
  type OpenWindow,
} from './appWindow.ts'
import { makeBareWindow, type BareWindow } from './bareWindow.ts'
import { median, report, type BenchRow } from './table.ts'

/**
 * The built app on a library of 10,000 takes: its start and its memory beside an empty window of
 * the same Electron, its scrolling beside a bare list of as many empty rows.
 */
const TAKES = 10_000
const STARTS = 5
const SCROLLS = 3
const SCREEN = '-screen 0 1600x1000x24'

/** The project's scripts are plain JavaScript; this is what is used of them. */
interface Scripts {
  buildApp(): Promise<void>
  electronRuntime(source: 'any'): Promise<{ readonly executable: string; readonly what: string }>
  hasDisplay(): boolean
  starts(command: string, args: readonly string[]): Promise<boolean>
}

async function script<Name extends keyof Scripts>(file: string): Promise<Pick<Scripts, Name>> {
  const loaded: unknown = await import(new URL(`../scripts/${file}`, import.meta.url).href)
  return loaded as Pick<Scripts, Name>
}

interface Setting {
  readonly executable: string
  readonly dataDir: string
  readonly bare: BareWindow
}

async function main(): Promise<void> {
  const { hasDisplay } = await script<'hasDisplay'>('systemPackages.mjs')
  if (hasDisplay()) return measureAll()
  const { starts } = await script<'starts'>('run.mjs')
  if (!(await starts('xvfb-run', ['--help']))) {
    console.log('Not measured: there is no display here, and no xvfb-run that makes one.')
    return
  }
  const command = ['-a', '-s', SCREEN, process.execPath, ...process.argv.slice(1)]
  process.exitCode = spawnSync('xvfb-run', command, { stdio: 'inherit' }).status ?? 1
}

async function measureAll(): Promise<void> {
  const { buildApp } = await script<'buildApp'>('build.mjs')
  await buildApp()
  const { electronRuntime } = await script<'electronRuntime'>('electronRuntime.mjs')
  const { executable, what } = await electronRuntime('any')
  console.log(`Measured in ${what}.`)
  const folder = mkdtempSync(join(tmpdir(), 'dailies-bench-'))
  try {
    const dataDir = join(folder, 'data')
    await fillLibrary(dataDir, TAKES)
    const setting = { executable, dataDir, bare: await makeBareWindow(join(folder, 'bare')) }
    report('app', [...(await measureStarts(setting)), ...(await measureScrolls(setting))])
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

const emptyLaunch = ({ executable, bare }: Setting, switches: readonly string[] = []): Launch => ({
  executable,
  args: [...switches.map((name) => `--${name}`), ...bare.args],
  env: bare.env('empty'),
  ready: "document.title === 'Empty' && document.readyState === 'complete'",
})

function listLaunch({ executable, bare }: Setting, shape: ListShape): Launch {
  const asked = Object.entries(shape).map(([name, value]) => `${name}=${value}`)
  return {
    executable,
    args: bare.args,
    env: bare.env('list', asked.join('&')),
    ready: "document.querySelector('.row') !== null",
  }
}

async function inWindow<T>(launch: Launch, use: (window: OpenWindow) => Promise<T>): Promise<T> {
  const window = await openWindow(launch)
  try {
    return await use(window)
  } finally {
    await window.electron.close()
  }
}

interface StartFigures {
  readonly startMs: number
  readonly megabytes: number
}

const startOnce = (launch: Launch): Promise<StartFigures> =>
  inWindow(launch, async (window) => ({
    startMs: window.startMs,
    megabytes: await settledMegabytes(window),
  }))

async function measureStarts(setting: Setting): Promise<BenchRow[]> {
  const launches = {
    app: appLaunch(setting.executable, setting.dataDir),
    empty: emptyLaunch(setting),
    inSoftware: emptyLaunch(setting, SOFTWARE_DRAWING),
  }
  // The first start of each makes its profile, and the app's its first draft.
  for (const launch of Object.values(launches)) await startOnce(launch)
  const app: StartFigures[] = []
  const empty: StartFigures[] = []
  const inSoftware: StartFigures[] = []
  // In turns, so that a busy moment of the machine strikes both.
  for (let round = 0; round < STARTS; round += 1) {
    console.log(`start: ${round + 1} of ${STARTS}`)
    app.push(await startOnce(launches.app))
    empty.push(await startOnce(launches.empty))
    inSoftware.push(await startOnce(launches.inSoftware))
  }
  return [
    startRow(app, empty, 'an empty window'),
    startRow(app, inSoftware, 'an empty window told to draw in software'),
    memoryRow(app, empty),
  ]
}

function startRow(
  app: readonly StartFigures[],
  empty: readonly StartFigures[],
  comparison: string,
): BenchRow {
  const figure = median(app.map(({ startMs }) => startMs))
  const compared = median(empty.map(({ startMs }) => startMs))
  return {
    name: `start to usable, ${TAKES} takes`,
    figure,
    unit: 'ms',
    comparison,
    compared,
    ratio: figure / compared,
    aim: 'at most 1.6x',
    met: figure / compared <= 1.6,
  }
}

function memoryRow(app: readonly StartFigures[], empty: readonly StartFigures[]): BenchRow {
  const figure = median(app.map(({ megabytes }) => megabytes))
  const compared = median(empty.map(({ megabytes }) => megabytes))
  return {
    name: 'memory of all processes',
    figure,
    unit: 'MB',
    comparison: 'an empty window',
    compared,
    ratio: figure / compared,
    aim: 'at most +120 MB',
    met: figure - compared <= 120,
  }
}

interface Scrolled {
  readonly name: string
  /** The list's selector. */
  readonly list: string
  /** Leads from the draft to the list. */
  readonly go: (page: Page) => Promise<void>
  /** What stands in a row when it is there. */
  readonly filled: string
}

const mod = process.platform === 'darwin' ? 'Meta' : 'Control'

const SCROLLED: readonly Scrolled[] = [
  {
    name: `scroll of Queue, ${TAKES} jobs, p99 frame`,
    list: '[role=treegrid][aria-label=Jobs]',
    // Shown by their state, batches that ended are not folded.
    go: (page) => page.getByRole('button', { name: /done$/ }).first().click(),
    filled: 'canvas',
  },
  {
    name: `scroll of Review, ${TAKES} takes, p99 frame`,
    list: '[role=grid][aria-label=Takes]',
    go: (page) => page.keyboard.press(`${mod}+5`),
    filled: 'canvas',
  },
  {
    name: `scroll of Draft, ${TAKES} rows, p99 frame`,
    list: '[role=grid][aria-label=Prompts]',
    go: (page) => openLongDraft(page, TAKES),
    filled: '[role=gridcell]',
  },
]

async function measureScrolls(setting: Setting): Promise<BenchRow[]> {
  const rows: BenchRow[] = []
  for (const scrolled of SCROLLED) rows.push(await measureScroll(setting, scrolled))
  return rows
}

async function measureScroll(setting: Setting, scrolled: Scrolled): Promise<BenchRow> {
  const { list, go, name, filled } = scrolled
  const app: number[] = []
  const bare: number[] = []
  for (let round = 0; round < SCROLLS; round += 1) {
    console.log(`${name}: ${round + 1} of ${SCROLLS}`)
    const launch = appLaunch(setting.executable, setting.dataDir)
    const shape = await inWindow(launch, async ({ page }) => {
      await go(page)
      await page.locator(`${list} .virtual-row ${filled}`).first().waitFor()
      const seen = await shapeOf(page, list)
      app.push(p99(await scroll(page, list, round)))
      return seen
    })
    const times = await inWindow(listLaunch(setting, shape), ({ page }) =>
      scroll(page, '.box', round),
    )
    bare.push(p99(times))
  }
  return scrollRow(name, median(app), median(bare))
}

const p99 = (times: readonly number[]): number =>
  times.toSorted((a, b) => a - b)[Math.floor(times.length * 0.99)] ?? Number.NaN

const scrollRow = (name: string, figure: number, compared: number): BenchRow => ({
  name,
  figure,
  unit: 'ms',
  comparison: 'a bare list of empty rows',
  compared,
  ratio: figure / compared,
  aim: 'at most 1.5x',
  met: figure / compared <= 1.5,
})

await main()
