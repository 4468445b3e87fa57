import { accessSync, constants, statSync } from 'node:fs'
import { createRequire } from 'node:module'
import { delimiter, join, sep } from 'node:path'
import type { JobError } from '../../shared/domain/errors.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { mediaError } from './mediaError.ts'
import { outsideArchive } from './outsideArchive.ts'

/** Where an ffmpeg was found. */
export interface FoundFfmpeg {
  readonly path: string
  readonly source: 'setting' | 'environment' | 'bundled' | 'path'
}

/** What the search depends on; `searchHere` fills it for this machine. */
export interface FfmpegSearch {
  readonly setting: string | null
  readonly env: Readonly<Record<string, string | undefined>>
  /** ffmpeg-static's binary, whether or not its download succeeded; null when the package is absent. */
  readonly bundled: string | null
  readonly platform: NodeJS.Platform
  readonly isExecutable: (path: string) => boolean
}

/**
 * Looks in this order: the setting, FFMPEG_PATH, ffmpeg-static, the PATH. A setting or FFMPEG_PATH
 * that names no program is an error and not passed over: the person meant that one.
 */
export function findFfmpeg(search: FfmpegSearch): Result<FoundFfmpeg, JobError> {
  const named = [
    { path: search.setting, source: 'setting', label: 'The ffmpeg of the settings' },
    { path: search.env['FFMPEG_PATH'], source: 'environment', label: 'FFMPEG_PATH' },
  ] as const
  for (const { path, source, label } of named) {
    if (path === null || path === undefined || path === '') continue
    if (search.isExecutable(path)) return ok({ path, source })
    const message = `${label} is ${path}, which is not a program. Correct it or remove it.`
    return err(mediaError('FFMPEG_MISSING', message))
  }
  const bundled = search.bundled === null ? null : outsideArchive(search.bundled)
  if (bundled !== null && search.isExecutable(bundled))
    return ok({ path: bundled, source: 'bundled' })
  const onPath = candidatesOnPath(search).find(search.isExecutable)
  if (onPath !== undefined) return ok({ path: onPath, source: 'path' })
  return err(mediaError('FFMPEG_MISSING', `No ffmpeg was found. ${howToGet(search.platform)}`))
}

function candidatesOnPath({ env, platform }: FfmpegSearch): readonly string[] {
  const isWindows = platform === 'win32'
  const name = isWindows ? 'ffmpeg.exe' : 'ffmpeg'
  const folders = (env['PATH'] ?? env['Path'] ?? '').split(isWindows ? ';' : delimiter)
  // An app started from the macOS Dock does not get the shell's PATH.
  const extra = platform === 'darwin' ? ['/opt/homebrew/bin', '/usr/local/bin'] : []
  return [...folders, ...extra]
    .filter((folder) => folder !== '')
    .map((folder) => join(folder, name))
}

function howToGet(platform: NodeJS.Platform): string {
  const after = 'Or set FFMPEG_PATH to the program.'
  if (platform === 'darwin') return `Install it with: brew install ffmpeg-full. ${after}`
  if (platform === 'win32') return `Install it with: winget install Gyan.FFmpeg. ${after}`
  return `Install it with: sudo apt install ffmpeg (Debian, Ubuntu) or sudo dnf install ffmpeg (Fedora). ${after}`
}

/** The search on this machine. `setting` is the person's own choice, null without one. */
export function searchHere(setting: string | null): FfmpegSearch {
  return {
    setting,
    env: process.env,
    bundled: bundledPath(),
    platform: process.platform,
    isExecutable,
  }
}

function bundledPath(): string | null {
  try {
    const path: unknown = createRequire(import.meta.url)('ffmpeg-static')
    return typeof path === 'string' ? path : null
  } catch {
    return null // an optional dependency: absent where its download is not possible
  }
}

function isExecutable(path: string): boolean {
  if (path.endsWith(sep)) return false
  try {
    accessSync(path, constants.X_OK)
    return statSync(path).isFile()
  } catch {
    return false
  }
}
