import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { onTestFinished } from 'vitest'

/** A process of its own that a test may stop and kill. */
export interface Child {
  readonly pid: number
  /** Every line it printed so far. */
  readonly lines: readonly string[]
  /** Resolves once it has printed `count` lines or ended. */
  printed(count: number): Promise<void>
  /** Sends the signal and, when that ends it, waits for the end. */
  signal(signal: 'SIGKILL' | 'SIGSTOP' | 'SIGCONT'): Promise<void>
  ended(): Promise<void>
}

/** Runs one of the scripts in `children`. It is killed when the test ends. */
export function startChild(script: string, args: readonly string[]): Child {
  const path = fileURLToPath(new URL(`children/${script}`, import.meta.url))
  const child: ChildProcess = spawn(process.execPath, [path, ...args], {
    stdio: ['pipe', 'pipe', 'inherit'],
  })
  const lines: string[] = []
  const waiting = new Set<() => void>()
  const tell = (): void => {
    for (const check of waiting) check()
  }
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  let isOver = false
  void ended.then(() => {
    isOver = true
    tell()
  })
  if (child.stdout !== null) {
    createInterface(child.stdout).on('line', (line) => {
      lines.push(line)
      tell()
    })
  }
  onTestFinished(() => void child.kill('SIGKILL'))
  return {
    pid: child.pid ?? 0,
    lines,
    ended: () => ended,
    printed: (count) =>
      new Promise((resolve) => {
        const check = (): void => {
          if (lines.length < count && !isOver) return
          waiting.delete(check)
          resolve()
        }
        waiting.add(check)
        check()
      }),
    signal: async (signal) => {
      child.kill(signal)
      if (signal === 'SIGKILL') await ended
    },
  }
}
