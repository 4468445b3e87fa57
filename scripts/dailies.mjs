#!/usr/bin/env node
// Starts the command line with the project's Node. It prints nothing of its own: standard output
// belongs to the command.
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { findProjectNode } from './projectNode.mjs'
import { inProject, projectDir } from './run.mjs'

// A terminal sends Ctrl+C to the whole group, and npm sends it on once more: one press arrives twice.
const ONE_PRESS_MS = 500
const SIGNALS = ['SIGINT', 'SIGTERM']
const entry = inProject('src', 'cli', 'index.ts')

/** Whether this Node runs TypeScript without a warning on standard error. */
function canRunHere() {
  const [major, minor] = process.versions.node.split('.').map(Number)
  return major > 24 || (major === 24 && minor >= 3)
}

function mergeRepeatedSignals() {
  const emit = process.emit.bind(process)
  const lastAt = new Map()
  process.emit = (name, ...rest) => {
    if (SIGNALS.includes(name)) {
      const isRepeat = performance.now() - (lastAt.get(name) ?? -Infinity) < ONE_PRESS_MS
      if (isRepeat) return true
      lastAt.set(name, performance.now())
    }
    return emit(name, ...rest)
  }
}

/** The child stays in this process group, so that killing the group kills the engine too. */
function runInChild(node) {
  const flags = ['--disable-warning=ExperimentalWarning']
  const args = [...flags, fileURLToPath(import.meta.url), ...process.argv.slice(2)]
  const env = { ...process.env, DAILIES_LAUNCHED: '1' }
  const child = spawn(node, args, { stdio: 'inherit', env })
  const forward = (signal) => child.kill(signal)
  for (const signal of SIGNALS) process.on(signal, forward)
  child.on('exit', (code, signal) => {
    for (const name of SIGNALS) process.off(name, forward)
    if (signal === null) process.exitCode = code
    else process.kill(process.pid, signal)
  })
}

function fail(message) {
  process.stderr.write(`${message}\n`)
  process.exitCode = 2
}

async function main() {
  const node = findProjectNode()
  if (!existsSync(inProject('node_modules', '.package-lock.json'))) {
    fail(`The packages are not installed. Run npm ci in ${projectDir}, then try again.`)
  } else if (canRunHere() || process.env.DAILIES_LAUNCHED === '1') {
    mergeRepeatedSignals()
    process.argv[1] = entry
    await import(pathToFileURL(entry).href)
  } else if (node !== undefined) {
    runInChild(node)
  } else {
    fail(
      `This is Node ${process.versions.node}, which cannot run TypeScript, and the package that ` +
        'carries Node 24 is missing. Run npm ci without --omit=optional, or install Node 24.',
    )
  }
}

await main()
