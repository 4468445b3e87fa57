import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { JobError } from '../../../shared/domain/errors.ts'
import { exportSettingsSchema, type ExportItem } from '../../../shared/domain/export.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { mediaError } from '../../media/mediaError.ts'
import type { FfmpegRunner } from '../../media/runFfmpeg.ts'
import { uniqueNames } from './exportNames.ts'
import { planExports, type ExportSources } from './planExports.ts'
import { writeExport } from './writeExport.ts'

/** Files of takes and clips for another program to take at once. */
export interface ClipFiles {
  /** Takes as they lie there; clips cut anew, without encoding where that is possible. */
  of(items: readonly ExportItem[]): Promise<Result<readonly string[], JobError>>
  /** Removes what was made. */
  close(): Promise<void>
}

const SETTINGS = exportSettingsSchema.parse({ collision: 'replace' })

export function createClipFiles({
  sources,
  runner,
}: {
  readonly sources: ExportSources
  readonly runner: FfmpegRunner
}): ClipFiles {
  const stop = new AbortController()
  let folder: Promise<string> | null = null
  return {
    async of(items) {
      const planned = await planExports(sources, { items, settings: SETTINGS })
      const names = uniqueNames(planned, () => true)
      const paths: string[] = []
      for (const [at, file] of planned.entries()) {
        if (file.work === null) return err(mediaError('NOT_A_VIDEO', file.words))
        if (file.work.method === 'copy') {
          paths.push(file.work.source.path)
          continue
        }
        folder ??= mkdtemp(join(tmpdir(), 'dailies-clips-'))
        const path = join(await folder, names[at] ?? file.name)
        const tools = { runner, signal: stop.signal, onProgress: () => undefined }
        const wish = { path, work: file.work, sources: file.sources, collision: SETTINGS.collision }
        const written = await writeExport(tools, wish)
        if (!written.ok) return written
        paths.push(path)
      }
      return ok(paths)
    },
    async close() {
      stop.abort()
      if (folder !== null) await rm(await folder, { recursive: true, force: true })
    },
  }
}
