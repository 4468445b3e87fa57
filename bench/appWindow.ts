import { fileURLToPath } from 'node:url'
import { _electron, type ElectronApplication, type Page } from '@playwright/test'

/** Chromium refuses to run its sandbox as root. */
const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : []
const TIMEOUT_MS = 60_000
/** By then a window has done what it puts off until it is seen. */
const SETTLE_MS = 2_000
/** A fling: 7,200 pixels a second where 60 frames are drawn. */
const SCROLL = { step: 120, frames: 200 } as const

export interface Launch {
  readonly executable: string
  readonly args: readonly string[]
  readonly env: Readonly<Record<string, string>>
  /** An expression for the page, which may await: whether it stands. */
  readonly ready: string
}

export interface OpenWindow {
  readonly electron: ElectronApplication
  readonly page: Page
  /** From the launch until it stood, in ms. */
  readonly startMs: number
}

const FIRST_ROW = '[role=grid][aria-label=Prompts] [role=row][aria-rowindex="2"]'

/** The app on a data folder, until the engine stands and the first row of the draft is there. */
export const appLaunch = (executable: string, dataDir: string): Launch => ({
  executable,
  args: [fileURLToPath(new URL('..', import.meta.url)), `--data-dir=${dataDir}`],
  env: { NODE_ENV: 'test' },
  ready: `document.querySelector('${FIRST_ROW}') !== null &&
    JSON.parse(await window.dailies.request('app.info')).data?.engine.kind === 'running'`,
})

export async function openWindow(launch: Launch): Promise<OpenWindow> {
  const began = Date.now()
  const electron = await _electron.launch({
    executablePath: launch.executable,
    args: [...asRoot, ...launch.args],
    env: { ...environment(), ...launch.env },
  })
  try {
    const page = await electron.firstWindow()
    return { electron, page, startMs: (await stood(page, launch.ready)) - began }
  } catch (error) {
    await electron.close()
    throw error
  }
}

/**
 * When the page stood, in epoch ms by its own clock. It looks by itself, every few ms: Playwright's
 * own waiting is refused by the app's policy for scripts.
 */
async function stood(page: Page, ready: string): Promise<number> {
  const look = `(async () => {
    const end = Date.now() + ${TIMEOUT_MS}
    while (!(${ready})) {
      if (Date.now() > end) throw new Error('the window was not ready in time')
      await new Promise((done) => setTimeout(done, 4))
    }
    return Date.now()
  })()`
  for (;;) {
    try {
      return await page.evaluate<number>(look)
    } catch (error) {
      // The window's first page gives way to the real one.
      if (!String(error).includes('Execution context was destroyed')) throw error
    }
  }
}

function environment(): Record<string, string> {
  const set = Object.entries(process.env).filter((entry): entry is [string, string] => {
    return entry[1] !== undefined && entry[0] !== 'ELECTRON_RUN_AS_NODE'
  })
  return Object.fromEntries(set)
}

/** What all processes of a settled window hold, in MB, pages that they share counted in each. */
export async function settledMegabytes({ electron, page }: OpenWindow): Promise<number> {
  await page.waitForTimeout(SETTLE_MS)
  const sizes = await electron.evaluate(({ app }) =>
    app.getAppMetrics().map(({ memory }) => memory.workingSetSize),
  )
  return sizes.reduce((sum, size) => sum + size, 0) / 1_024
}

/** A list as it is drawn, so that a bare one can be as large; all in pixels but `count`. */
export interface ListShape {
  readonly count: number
  readonly height: number
  readonly width: number
  readonly boxHeight: number
}

export function shapeOf(page: Page, list: string): Promise<ListShape> {
  return page.evaluate(`(() => {
    const box = document.querySelector(${JSON.stringify(list)})
    const rows = [...box.querySelectorAll('.virtual-row')].map((row) => row.offsetHeight)
    const height = rows.toSorted((a, b) => a - b)[Math.floor(rows.length / 2)]
    const { clientWidth: width, clientHeight: boxHeight, scrollHeight } = box
    return { count: Math.round(scrollHeight / height), height, width, boxHeight }
  })()`)
}

/** Times between frames of one scroll, in ms. Each `round` goes on where the one before ended. */
export function scroll(page: Page, list: string, round: number): Promise<readonly number[]> {
  const asked = JSON.stringify({ ...SCROLL, list, from: round * SCROLL.step * SCROLL.frames })
  return page.evaluate(`(async ({ list, step, frames, from }) => {
    const box = document.querySelector(list)
    const frame = () => new Promise((done, fail) => {
      const late = setTimeout(() => fail(new Error('no frame in 30 s')), 30_000)
      requestAnimationFrame((at) => { clearTimeout(late); done(at) })
    })
    box.scrollTop = from
    // What the jump draws is not part of the scroll.
    for (let waited = 0; waited < 60; waited += 1) await frame()
    const times = []
    let last = await frame()
    for (let drawn = 1; drawn <= frames; drawn += 1) {
      box.scrollTop = from + drawn * step
      const now = await frame()
      times.push(now - last)
      last = now
    }
    if (box.scrollTop < from + frames * step - 1) throw new Error('the list ended too soon')
    return times
  })(${asked})`)
}
