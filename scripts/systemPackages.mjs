// System packages, told apart by what is missing, not by the name of the distribution.
import { existsSync } from 'node:fs'
import { run, starts } from './run.mjs'
import { Problem, step } from './steps.mjs'

// Debian's ffmpeg brings DejaVu, the font behind the bundled one. For Chinese, Japanese and Korean
// captions on rehearsal clips a person may add fonts-noto-cjk; it is large, so it stays a choice.
export const FFMPEG = { what: 'ffmpeg', debian: ['ffmpeg'] }
export const ELECTRON_LIBRARIES = {
  what: 'the system libraries that Electron needs (GTK 3, NSS, ALSA, GBM)',
  debian: ['libgtk-3-0', 'libnss3', 'libasound2', 'libgbm1'],
}
export const VIRTUAL_DISPLAY = { what: 'a virtual display (Xvfb)', debian: ['xvfb', 'xauth'] }

/**
 * Installs packages where that needs no question: on Debian and its kin, as root.
 * @throws Problem with the one line to type everywhere else.
 */
export async function installSystemPackages({ what, debian }) {
  const isRoot = process.getuid?.() === 0
  if (!existsSync('/usr/bin/apt-get')) throw new Problem(`Missing: ${what}. ${howElsewhere(what)}`)
  if (!isRoot) {
    const line = `sudo apt-get update && sudo apt-get install -y ${debian.join(' ')}`
    throw new Problem(`Missing: ${what}. Type this line, then try again:\n\n  ${line}`)
  }
  const { code, output } = await step(`Installing ${debian.join(' ')}`, () => aptInstall(debian))
  if (code !== 0) throw new Problem(`apt-get could not install ${what}:\n\n${output.trim()}`)
}

async function aptInstall(debian) {
  const env = { DEBIAN_FRONTEND: 'noninteractive' }
  const updated = await run('apt-get', ['update'], { env })
  const names = await Promise.all(debian.map(currentName))
  const installed = await run('apt-get', ['install', '-y', '--no-install-recommends', ...names], {
    env,
  })
  return { code: installed.code, output: updated.code === 0 ? installed.output : updated.output }
}

/** Newer releases renamed some libraries when they moved to 64-bit time. */
async function currentName(name) {
  const { code, output } = await run('apt-cache', ['show', `${name}t64`])
  return code === 0 && output.includes('Package:') ? `${name}t64` : name
}

function howElsewhere(what) {
  if (what === FFMPEG.what && process.platform === 'darwin') return 'Type: brew install ffmpeg'
  if (what === FFMPEG.what && process.platform === 'win32') return 'Type: winget install ffmpeg'
  return 'Install it with the package manager of this system, then try again.'
}

/** Shared libraries that a Linux executable needs and this system lacks. */
export async function missingLibraries(executable) {
  if (process.platform !== 'linux') return []
  const { output } = await run('ldd', [executable])
  return [...output.matchAll(/^\s*(\S+) => not found$/gm)].map(([, name]) => name)
}

export const hasDisplay = () =>
  process.platform !== 'linux' || Boolean(process.env.DISPLAY || process.env.WAYLAND_DISPLAY)

/** Makes sure that Xvfb, and `xvfb-run` with it, can stand in when there is no display. */
export async function ensureVirtualDisplay() {
  if (!(await starts('xvfb-run', ['--help']))) await installSystemPackages(VIRTUAL_DISPLAY)
}
