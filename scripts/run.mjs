import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json. */
export const projectDir = dirname(dirname(fileURLToPath(import.meta.url)))

export const inProject = (...parts) => join(projectDir, ...parts)

/**
 * Runs a program and resolves to `{ code, output }`; it never rejects.
 * - `show: true` lets it write to this terminal; `output` stays empty.
 * - `onLine` gets its standard output line by line; `output` then holds standard error alone.
 * - `code` is 127 when the program cannot be started, 124 when `timeoutMs` ran out.
 */
export function run(command, args, options = {}) {
  const { cwd = projectDir, env = {}, show = false, timeoutMs, onLine } = options
  return new Promise((resolve) => {
    let output = ''
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
      timeout: timeoutMs,
      killSignal: 'SIGKILL',
    })
    const keep = (chunk) => (output += chunk)
    if (onLine && child.stdout) createInterface({ input: child.stdout }).on('line', onLine)
    else child.stdout?.on('data', keep)
    child.stderr?.on('data', keep)
    child.on('error', (error) => {
      keep(`${error.message}\n`)
      resolve({ code: 127, output })
    })
    child.on('close', (code, signal) => {
      const timedOut = signal === 'SIGKILL' && timeoutMs !== undefined
      resolve({ code: timedOut ? 124 : (code ?? 1), output })
    })
  })
}

/** Whether a program of this name starts at all. */
export async function starts(command, args = ['--version']) {
  const { code } = await run(command, args, { timeoutMs: 20_000 })
  return code === 0
}
