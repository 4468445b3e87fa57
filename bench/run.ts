import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** Files that others import. */
const HELPERS = new Set([
  'run.ts',
  'table.ts',
  'queueOnDisk.ts',
  'appDraft.ts',
  'appLibrary.ts',
  'appWindow.ts',
  'bareWindow.ts',
  'bestPolls.ts',
])

const wanted = process.argv.slice(2)
const folder = fileURLToPath(new URL('.', import.meta.url))
const benches = readdirSync(folder)
  .filter((name) => name.endsWith('.ts') && !HELPERS.has(name))
  .filter((name) => wanted.length === 0 || wanted.includes(name.replace('.ts', '')))

let failed = 0
for (const name of benches) {
  console.log(`\n# ${name.replace('.ts', '')}`)
  // Each in a process of its own, so that none is measured on another's heap.
  const { status } = spawnSync(process.execPath, ['--expose-gc', `${folder}${name}`], {
    stdio: 'inherit',
  })
  if (status !== 0) failed += 1
}
process.exitCode = failed === 0 ? 0 : 1
