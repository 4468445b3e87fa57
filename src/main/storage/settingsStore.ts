import type { Settings } from '../../shared/domain/settings.ts'
import { readSettings } from './settingsFile.ts'
import { writeWhole } from './writeWhole.ts'

export interface SettingsStore {
  get(): Settings
  /** Replaces the parts that are named, on disk when it returns. */
  set(patch: { readonly [K in keyof Settings]?: Settings[K] | undefined }): Settings
  /** What was wrong with the file at the start; null when nothing was. */
  readonly notice: string | null
  /** Returns its unsubscribe. */
  subscribe(listener: (settings: Settings) => void): () => void
}

/** The person's settings in one file. Settings only: it is written anew each time. */
export function openSettingsStore(path: string, now: () => number): SettingsStore {
  const { settings, notice } = readSettings(path, now)
  const write = (next: Settings): void => writeWhole(path, `${JSON.stringify(next, null, 2)}\n`)
  // The broken file's copy was kept.
  if (notice !== null) write(settings)
  const listeners = new Set<(settings: Settings) => void>()
  let current = settings
  return {
    get: () => current,
    set(patch) {
      const named = Object.entries(patch).filter(([, value]) => value !== undefined)
      const next = { ...current, ...Object.fromEntries(named) }
      // Disk first: what could not be written is not so.
      write(next)
      current = next
      for (const listener of listeners) listener(current)
      return current
    },
    notice,
    subscribe(listener) {
      listeners.add(listener)
      return () => void listeners.delete(listener)
    },
  }
}
