import { existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { Problem } from './steps.mjs'

/**
 * Why Chromium's sandbox cannot be made here, with the line to type; null where it can. Ubuntu 24.04 and
 * its kin (AppArmor), and older Debians, keep namespaces from programs that no administrator named.
 * Dailies never starts without its sandbox but as root, where Chromium leaves no choice.
 */
export function whyNoSandbox(
  folder,
  { kernel = '/proc/sys/kernel', uid = process.getuid?.() } = {},
) {
  if (uid === undefined || uid === 0) return null
  const setting = (name) => {
    const path = join(kernel, name)
    return existsSync(path) ? readFileSync(path, 'utf8').trim() : null
  }
  const isKept =
    setting('apparmor_restrict_unprivileged_userns') === '1' ||
    setting('unprivileged_userns_clone') === '0'
  const helper = join(folder, 'chrome-sandbox')
  if (!isKept || isRootsTool(helper)) return null
  return (
    'This system lets no program make a sandbox of its own (Ubuntu does so since 24.04), and the window ' +
    "does not open without one. Type this line once, which gives Electron's own helper that right, then try " +
    `again:\n\n  sudo chown root:root '${helper}' && sudo chmod 4755 '${helper}'`
  )
}

/** Owned by root, and run with its rights whoever starts it. */
function isRootsTool(path) {
  if (!existsSync(path)) return false
  const { uid, mode } = statSync(path)
  return uid === 0 && (mode & 0o4000) !== 0
}

/** @throws Problem that says what to type, where an Electron in this folder would end at once. */
export function requireSandbox(folder) {
  const why = whyNoSandbox(folder)
  if (why !== null) throw new Problem(why)
}
