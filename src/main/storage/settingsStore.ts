import { rmSync } from 'node:fs'
import { join } from 'node:path'
import Store from 'electron-store'
import type { Settings } from '../../shared/domain/settings.ts'
import { readSettings } from './settingsFile.ts'

export interface SettingsStore {
  get(): Settings
  /** Replaces the parts that are named, on disk when it returns. */
  set(patch: { readonly [K in keyof Settings]?: Settings[K] | undefined }): Settings
  /** What was wrong with the file at the start; null when nothing was. */
  readonly notice: string | null
  /** Returns its unsubscribe. */
  subscribe(listener: (settings: Settings) => void): () => void
}

const NAME = 'settings'

/** The person's settings in `settings.json` of the data folder. Settings only: the file is rewritten each time. */
export function openSettingsStore(folder: string, now: () => number): SettingsStore {
  const path = join(folder, `${NAME}.json`)
  const { settings, notice } = readSettings(path, now)
  // Its copy was kept; electron-store would refuse to start on what it cannot parse.
  if (notice !== null) rmSync(path, { force: true })
  const file = new Store<Settings>({ cwd: folder, name: NAME })
  if (notice !== null) file.store = settings
  const listeners = new Set<(settings: Settings) => void>()
  let current = settings
  return {
    get: () => current,
    set(patch) {
      const named = Object.entries(patch).filter(([, value]) => value !== undefined)
      const next = { ...current, ...Object.fromEntries(named) }
      // Disk first: what could not be written is not so.
      file.store = next
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
