import { existsSync, readFileSync } from 'node:fs'
import { npm } from './npm.mjs'
import { inProject } from './run.mjs'
import { Problem, step } from './steps.mjs'

/** Installs the packages that the lock file names, unless they are there already. */
export async function installPackages() {
  if (!packagesAreStale()) return
  const { code, output } = await step('Installing packages (about a minute)', () =>
    npm(['ci', '--no-audit', '--no-fund']),
  )
  if (code === 0 && !packagesAreStale()) return
  const said = output.trim().split('\n').slice(0, 20).join('\n')
  throw new Problem(`npm ci did not finish. Mend what it says and try again:\n\n${said}`)
}

/** Compares npm's own record of what it installed with the lock file. */
export function packagesAreStale() {
  const record = inProject('node_modules', '.package-lock.json')
  if (!existsSync(record)) return true
  const installed = JSON.parse(readFileSync(record, 'utf8')).packages
  const wanted = JSON.parse(readFileSync(inProject('package-lock.json'), 'utf8')).packages
  return Object.entries(wanted).some(([path, { version, optional }]) => {
    if (path === '') return false
    const found = installed[path]
    // An optional package may rightly be absent: another platform's, or its download failed.
    return found === undefined ? optional !== true : found.version !== version
  })
}
