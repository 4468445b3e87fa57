import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { text } from 'node:stream/consumers'
import { onTestFinished } from 'vitest'

const entry = resolve(import.meta.dirname, '../../src/cli/index.ts')

/** One line of `--json` output. */
export type Line = { readonly event: string } & Readonly<Record<string, unknown>>

export interface Ended {
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
  /** Standard output as NDJSON; throws when a line is not JSON. */
  readonly events: readonly Line[]
}

export interface CliProcess {
  readonly child: ChildProcess
  /** Resolves with the first line whose event is this one. */
  seen(event: string, matches?: (line: Line) => boolean): Promise<Line>
  readonly ended: Promise<Ended>
}

export interface CliCall {
  readonly args: readonly string[]
  readonly cwd?: string
  readonly env?: Readonly<Record<string, string>>
}

/** Starts the real command line in a process of its own, without any key or setting of this machine. */
export function startCli({ args, cwd, env = {} }: CliCall): CliProcess {
  const child = spawn(process.execPath, [entry, ...args], {
    cwd,
    env: { PATH: process.env['PATH'], HOME: process.env['HOME'], NODE_ENV: 'test', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  onTestFinished(() => void child.kill('SIGKILL'))
  const { stdout, stderr } = child
  const lines: string[] = []
  const listeners = new Set<() => void>()
  const tell = (): void => {
    for (const listener of listeners) listener()
  }
  createInterface(stdout).on('line', (line) => {
    lines.push(line)
    tell()
  })
  const said = text(stderr)
  const ended = once(child, 'close').then(async ([code]): Promise<Ended> => {
    const whole = lines.map((line) => `${line}\n`).join('')
    return {
      code: code as number | null,
      stdout: whole,
      stderr: await said,
      get events() {
        return parsed(lines)
      },
    }
  })
  void ended.then(tell)
  const seen: CliProcess['seen'] = (event, matches = () => true) =>
    new Promise((settle, refuse) => {
      const look = (): void => {
        const found = parsed(lines).find((line) => line.event === event && matches(line))
        if (found !== undefined) settle(found)
        else if (child.exitCode !== null) refuse(new Error(`ended without ${event}`))
        else return
        listeners.delete(look)
      }
      listeners.add(look)
      look()
    })
  return { child, seen, ended }
}

const parsed = (lines: readonly string[]): readonly Line[] =>
  lines.map((line) => JSON.parse(line) as Line)

/** Runs the command line to its end. */
export const runCli = (call: CliCall): Promise<Ended> => startCli(call).ended

/** Events of one kind. */
export const eventsOf = (ended: Ended, event: string): readonly Line[] =>
  ended.events.filter((line) => line.event === event)
