import { closeSync, existsSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs'
import { homedir } from 'node:os'
import { dirname, join, resolve } from 'node:path'
import { err, ok, type Result } from '../../shared/domain/result.ts'

/** Everything that lies in the data folder. All absolute. */
export interface AppPaths {
  readonly dataDir: string
  readonly database: string
  /** Held by the engine; nothing else may open it. */
  readonly lock: string
  readonly journal: string
  /** Reference frames by content. */
  readonly frames: string
  /** Where media go unless the person chose another folder. */
  readonly media: string
  /** Clips whose output folder has vanished (money rule 12). */
  readonly spool: string
  readonly rehearsal: string
  /** The person's own catalogue files. */
  readonly models: string
  /** The person's keys, encrypted where the system has a keyring. */
  readonly keys: string
  /** What providers said that they offer. */
  readonly offers: string
  /** Price questions that a server could take for an order, and what came of each. */
  readonly priceQuestions: string
  readonly logs: string
  readonly backups: string
}

export interface DataDirSources {
  /** `--data-dir`, which wins. */
  readonly option?: string | undefined
  readonly env: Readonly<Record<string, string | undefined>>
  readonly platform?: NodeJS.Platform
  readonly home?: string
}

/** `--data-dir`, else `DAILIES_DATA_DIR`, else the system's folder for a user's own data. */
export function dataDirFrom(sources: DataDirSources): string {
  const { option, env, platform = process.platform, home = homedir() } = sources
  const named = [option, env['DAILIES_DATA_DIR']].find(
    (value) => value !== undefined && value !== '',
  )
  if (named !== undefined) return resolve(named)
  switch (platform) {
    case 'darwin':
      return join(home, 'Library', 'Application Support', 'Dailies')
    case 'win32':
      return join(env['LOCALAPPDATA'] ?? join(home, 'AppData', 'Local'), 'Dailies')
    default: {
      // The XDG base directory specification: a relative value is to be ignored.
      const xdg = env['XDG_DATA_HOME'] ?? ''
      return join(xdg.startsWith('/') ? xdg : join(home, '.local', 'share'), 'dailies')
    }
  }
}

export function appPaths(dataDir: string): AppPaths {
  const at = (name: string): string => join(dataDir, name)
  return {
    dataDir,
    database: at('dailies.db'),
    lock: at('lock.db'),
    journal: at('submits.ndjson'),
    frames: at('frames'),
    media: at('media'),
    spool: at('spool'),
    rehearsal: at('rehearsal'),
    models: at('models'),
    keys: at('keys.json'),
    offers: at('offers.json'),
    priceQuestions: at('price-questions.ndjson'),
    logs: at('logs'),
    backups: at('backups'),
  }
}

export interface FolderError {
  readonly code: 'folderUnusable'
  readonly reason: 'missing' | 'readOnly' | 'notAFolder' | 'full' | 'other'
  readonly message: string
}

/** Makes the data folder and what lies in it, readable by its owner only, and tries to write there. */
export function makeDataDir(paths: AppPaths): Result<void, FolderError> {
  const { frames, media, spool, rehearsal, models, logs, backups } = paths
  const root = makeFolder(paths.dataDir)
  if (!root.ok) return root
  for (const folder of [frames, media, spool, rehearsal, models, logs, backups]) {
    try {
      mkdirSync(folder, { recursive: true, mode: 0o700 })
    } catch (error) {
      return err(folderError(folder, error))
    }
  }
  return ok(undefined)
}

/** Makes a folder that is missing and proves by a small file that it can be written. */
export function makeFolder(folder: string): Result<void, FolderError> {
  const trial = join(folder, `.dailies-${process.pid}.tmp`)
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 })
    // Mode bits tell little: root ignores them, and a disk may be read-only or full.
    const file = openSync(trial, 'w')
    try {
      // Not synced: the window waits for this, and the engine syncs files of its own when it opens.
      writeSync(file, Buffer.alloc(4096))
    } finally {
      closeSync(file)
      rmSync(trial, { force: true })
    }
    return ok(undefined)
  } catch (error) {
    return err(folderError(folder, error))
  }
}

function folderError(folder: string, thrown: unknown): FolderError {
  const error = codeOf(thrown) === 'ENOENT' ? whyNotMade(folder, thrown) : thrown
  const code = codeOf(error)
  const reason = REASONS[code] ?? 'other'
  const detail = error instanceof Error ? error.message : String(error)
  return { code: 'folderUnusable', reason, message: `${SENTENCES[reason](folder)} (${detail})` }
}

const codeOf = (error: unknown): string =>
  error instanceof Error && 'code' in error ? String(error.code) : ''

/** Node's recursive mkdir says ENOENT whatever stopped it; the first missing folder alone says why. */
function whyNotMade(folder: string, thrown: unknown): unknown {
  const parent = dirname(folder)
  if (parent !== folder && !existsSync(parent)) return whyNotMade(parent, thrown)
  try {
    mkdirSync(folder, { mode: 0o700 })
    return thrown
  } catch (error) {
    return error
  }
}

const REASONS: Readonly<Record<string, FolderError['reason']>> = {
  ENOENT: 'missing',
  ENOTDIR: 'notAFolder',
  EEXIST: 'notAFolder',
  EACCES: 'readOnly',
  EPERM: 'readOnly',
  EROFS: 'readOnly',
  ENOSPC: 'full',
  EDQUOT: 'full',
}

const SENTENCES: Readonly<Record<FolderError['reason'], (folder: string) => string>> = {
  missing: (folder) =>
    `The folder ${folder} is missing and cannot be made. Connect its drive or choose another folder.`,
  notAFolder: (folder) =>
    `${folder} is a file, or lies in one, where a folder is needed. Choose another folder.`,
  readOnly: (folder) =>
    `The folder ${folder} cannot be written. Allow writing to it or choose another folder.`,
  full: (folder) => `The disk of ${folder} is full. Make room or choose another folder.`,
  other: (folder) => `The folder ${folder} cannot be used. Choose another folder.`,
}
