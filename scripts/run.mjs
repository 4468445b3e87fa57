import { spawn } from 'node:child_process'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json. */
export const projectDir = dirname(dirname(fileURLToPath(import.meta.url)))

export const inProject = (...parts) => join(projectDir, ...parts)

/**
 * Runs a program and resolves to `{ code, output }`; it never rejects.
 * `show: true` lets it write to this terminal instead, and leaves `output` empty.
 * `code` is 127 when the program cannot be started, 124 when `timeoutMs` ran out.
 */
export function run(command, args, { cwd = projectDir, env = {}, show = false, timeoutMs } = {}) {
  return new Promise((resolve) => {
    let output = ''
    let timedOut = false
    const child = spawn(command, args, {
      cwd,
      env: { ...process.env, ...env },
      stdio: show ? 'inherit' : ['ignore', 'pipe', 'pipe'],
    })
    const timer = setTimeout(
      () => {
        timedOut = true
        child.kill('SIGKILL')
      },
      timeoutMs ?? 2 ** 31 - 1,
    )
    const finish = (code) => {
      clearTimeout(timer)
      resolve({ code: timedOut ? 124 : code, output })
    }
    child.stdout?.on('data', (chunk) => (output += chunk))
    child.stderr?.on('data', (chunk) => (output += chunk))
    child.on('error', (error) => {
      output += `${error.message}\n`
      finish(127)
    })
    child.on('close', (code) => finish(code ?? 1))
  })
}

/** Whether a program of this name starts at all. */
export async function starts(command, args = ['--version']) {
  const { code } = await run(command, args, { timeoutMs: 20_000 })
  return code === 0
}
