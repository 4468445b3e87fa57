import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'

const SCREEN = '1600x1000x24'

/** Whether the tests bring displays of their own: on Linux, where the session has none. */
export const bringsDisplay = (): boolean =>
  process.platform === 'linux' && !process.env['DISPLAY'] && !process.env['WAYLAND_DISPLAY']

/**
 * A virtual display for this worker alone, in its environment; resolves to what ends it. Two apps on
 * one display would share the clipboard and take the focus from each other.
 * @throws when Xvfb is not installed.
 */
export async function openDisplay(): Promise<() => Promise<void>> {
  const child = spawn('Xvfb', ['-displayfd', '3', '-screen', '0', SCREEN, '-nolisten', 'tcp'], {
    stdio: ['ignore', 'ignore', 'ignore', 'pipe'],
  })
  const ended = once(child, 'exit')
  const lines = createInterface({ input: child.stdio[3] as Readable })
  const [number] = (await Promise.race([once(lines, 'line'), ended])) as unknown[]
  if (typeof number !== 'string') throw new Error('Xvfb ended before its display stood')
  process.env['DISPLAY'] = `:${number}`
  return async () => {
    delete process.env['DISPLAY']
    child.kill()
    await ended
  }
}
