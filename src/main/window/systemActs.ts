import { spawn } from 'node:child_process'
import { app, shell } from 'electron'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { SystemActs } from '../nights/whenDone.ts'
import { systemCommand, type SystemCommand } from '../nights/systemCommand.ts'

/** How long a program has to show that it cannot be started or refuses. */
const REFUSAL_MS = 3_000

/** What this machine can be told to do. Programs are started from argument lists, never by a shell. */
export const systemActs: SystemActs = {
  beep: () => shell.beep(),
  sleep: () => start(systemCommand('sleep', process.platform)),
  shutDown: async () => {
    const started = await start(systemCommand('shutDown', process.platform))
    if (started.ok) app.quit()
    return started
  },
  quit: () => app.quit(),
  run: (program, args) => start({ program, args }),
}

/** Resolves once it runs, or when it failed at once; the app does not wait for its end. */
function start({ program, args }: SystemCommand): Promise<Result<void, string>> {
  return new Promise((resolve) => {
    const child = spawn(program, [...args], { detached: true, stdio: 'ignore' })
    const timer = setTimeout(() => resolve(ok(undefined)), REFUSAL_MS)
    const end = (result: Result<void, string>): void => {
      clearTimeout(timer)
      resolve(result)
    }
    child.on('error', (error) => end(err(`${program}: ${error.message}.`)))
    child.on('exit', (code) =>
      end(code === 0 || code === null ? ok(undefined) : err(`${program} ended with code ${code}.`)),
    )
    child.unref()
  })
}
