import { spawn, type ChildProcess } from 'node:child_process'
import { resolve } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as pause } from 'node:timers/promises'
import type { EngineOrders } from './engineProcess.ts'

export interface EngineChild {
  readonly child: ChildProcess
  /** The first line of that event. */
  seen(event: string): Promise<Line>
  /** Waits for the condition; throws with what the engine said when it ended before. */
  until(condition: () => Promise<boolean> | boolean): Promise<void>
  /** Its last line, once it ended; null when it was killed before it said anything. */
  readonly ended: Promise<Ended>
}
export type Line = { readonly event: string } & Readonly<Record<string, unknown>>
export interface Ended {
  readonly signal: NodeJS.Signals | null
  readonly lines: readonly Line[]
  readonly stderr: string
}

const entry = resolve(import.meta.dirname, 'engineProcess.ts')
/** Reading the sources is half of what a short life of an engine takes; the command line keeps them here too. */
const NODE_COMPILE_CACHE = resolve(import.meta.dirname, '../../node_modules/.cache/dailies')

/** Starts `engineProcess.ts` with nothing of this machine but what `env` says. */
export function spawnEngine(
  orders: EngineOrders,
  env: Readonly<Record<string, string>>,
): EngineChild {
  const child = spawn(process.execPath, [entry], {
    env: { ...env, NODE_ENV: 'test', NODE_COMPILE_CACHE },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  // One that is killed at once reads nothing.
  child.stdin.on('error', () => {}).end(JSON.stringify(orders))
  const lines: Line[] = []
  const waiting = new Map<string, (line: Line) => void>()
  createInterface(child.stdout).on('line', (text) => {
    const line = JSON.parse(text) as Line
    lines.push(line)
    waiting.get(line.event)?.(line)
  })
  let stderr = ''
  child.stderr.setEncoding('utf8').on('data', (text: string) => (stderr += text))
  let last: Ended | null = null
  const ended = new Promise<Ended>((done) => {
    child.on('close', (_code, signal) => done((last = { signal, lines, stderr })))
  })
  const until: EngineChild['until'] = async (condition) => {
    while (!(await condition())) {
      if (last !== null) throw new Error(`the engine ended too early: ${JSON.stringify(last)}`)
      await pause(2)
    }
  }
  const seen = async (event: string): Promise<Line> => {
    const known = lines.find((line) => line.event === event)
    if (known !== undefined) return known
    return Promise.race([
      new Promise<Line>((done) => waiting.set(event, done)),
      ended.then(({ stderr: said }) => {
        throw new Error(`the engine ended without ${event}: ${said}`)
      }),
    ])
  }
  return { child, seen, until, ended }
}
