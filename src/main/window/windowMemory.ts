import { readFileSync, writeFileSync } from 'node:fs'
import type { Settings } from '../../shared/domain/settings.ts'
import { parseJson } from '../../shared/domain/json.ts'

/** Where the window was, and what the page looked like; worth nothing when it cannot be read. */
export interface WindowState {
  readonly bounds: Bounds | null
  readonly isMaximised: boolean
  readonly theme: Settings['appearance']['theme']
}
export interface Bounds {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface WindowMemory {
  get(): WindowState
  set(change: Partial<WindowState>): void
}

/**
 * Main's own small memory, in `window.json` of the data folder. Read before anything else is loaded, so
 * that the window opens at once, where it was and in its colours; hence no schema library here.
 */
export function openWindowMemory(path: string): WindowMemory {
  let state = read(path)
  return {
    get: () => state,
    set(change) {
      const next = { ...state, ...change }
      if (JSON.stringify(next) === JSON.stringify(state)) return
      state = next
      try {
        writeFileSync(path, JSON.stringify(state))
      } catch {
        // A disk that refuses costs a position, never the app.
      }
    },
  }
}

function read(path: string): WindowState {
  const found = parse(path)
  const { bounds, isMaximised, theme } = found
  return {
    bounds: isBounds(bounds) ? bounds : null,
    isMaximised: isMaximised === true,
    theme: theme === 'dark' || theme === 'light' ? theme : 'system',
  }
}

function parse(path: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = parseJson(readFileSync(path, 'utf8'))
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}

function isBounds(value: unknown): value is Bounds {
  if (typeof value !== 'object' || value === null) return false
  const sides = ['x', 'y', 'width', 'height'].map(
    (side) => (value as Record<string, unknown>)[side],
  )
  return sides.every((side) => Number.isInteger(side))
}
