import { renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type Store from 'electron-store'
import type { Settings } from '../../shared/domain/settings.ts'
import { readSettings } from './settingsFile.ts'
import { StorageError } from './storageError.ts'

type SettingsPatch = { readonly [K in keyof Settings]?: Settings[K] | undefined }
/** What is made from the settings is made when they are written: others may have changed them since. */
export type SettingsChange = SettingsPatch | ((now: Settings) => SettingsPatch)

export interface SettingsStore {
  get(): Settings
  /**
   * Replaces the parts that are named, on disk when it settles.
   * @throws file system errors, and where a broken file could not be moved aside; the settings are then as they were
   */
  set(change: SettingsChange): Promise<Settings>
  /** What was wrong with the file at the start; null when nothing was. */
  readonly notice: string | null
  /** Returns its unsubscribe. */
  subscribe(listener: (settings: Settings) => void): () => void
}

const NAME = 'settings'

/**
 * The person's settings in `settings.json` of the data folder. Settings only: the file is rewritten each time.
 *
 * electron-store comes with a schema checker and a version parser, a quarter of what main loads: the
 * start reads the file without it, and it is loaded when something is first written.
 */
export function openSettingsStore(folder: string, now: () => number): SettingsStore {
  const path = join(folder, `${NAME}.json`)
  const { settings, notice, mayWrite } = readSettings(path, now)
  // The old one lies beside it; what of it was right must be there at the next start, too.
  if (notice !== null && mayWrite) {
    writeFileSync(`${path}.part`, JSON.stringify(settings))
    renameSync(`${path}.part`, path)
  }
  let file: Store<Settings> | null = null
  const open = async (): Promise<Store<Settings>> => {
    const { default: ElectronStore } = await import('electron-store')
    return new ElectronStore<Settings>({ cwd: folder, name: NAME })
  }
  const listeners = new Set<(settings: Settings) => void>()
  let current = settings
  return {
    get: () => current,
    async set(change) {
      if (!mayWrite) throw new StorageError('cannotOpen', notice ?? '')
      file ??= await open()
      const patch = typeof change === 'function' ? change(current) : change
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
