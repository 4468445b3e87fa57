import { join } from 'node:path'
import type pLimit from 'p-limit'
import type { CollisionRule, ExportView } from '../../../shared/domain/export.ts'
import type { FfmpegRunner } from '../../media/runFfmpeg.ts'
import type { PlannedFile } from './planExports.ts'
import { writeExport } from './writeExport.ts'

/** With the name that it gets. */
export interface NamedFile extends PlannedFile {
  /** Relative to the export folder. */
  readonly file: string
  /** A file lies there under the name that the template gives. */
  readonly isTaken: boolean
}

interface ExportRun {
  readonly files: readonly NamedFile[]
  readonly folder: string
  readonly limit: ReturnType<typeof pLimit>
  readonly collision: CollisionRule
  readonly runner: FfmpegRunner
  readonly signal: AbortSignal
  readonly tell: (part: Partial<ExportView>) => void
}

/** Makes every file of an export, several at once. What became of each is told as it comes. */
export async function runExport(run: ExportRun): Promise<Partial<ExportView>> {
  const { files, signal, tell, limit } = run
  const count = { written: 0, skipped: 0, failed: 0 }
  const failures: { file: string; message: string }[] = []
  const parts = files.map(() => 0)
  const told = (): void => {
    const progress = parts.reduce((sum, part) => sum + part, 0) / files.length
    tell({ ...count, failures: [...failures], progress })
  }
  const fail = (file: string, message: string): void => {
    count.failed += 1
    if (failures.length < MOST_FAILURES) failures.push({ file, message })
  }
  let full: string | null = null
  const one = async (planned: NamedFile, at: number): Promise<void> => {
    if (signal.aborted) return
    const onProgress = (part: number): void => {
      parts[at] = part
      told()
    }
    if (planned.work === null) fail(planned.file, planned.words)
    else if (full !== null) fail(planned.file, full)
    else {
      const written = await writeExport(
        { runner: run.runner, signal, onProgress },
        {
          ...planned,
          work: planned.work,
          path: join(run.folder, planned.file),
          collision: run.collision,
        },
      )
      if (signal.aborted && !written.ok) return
      if (written.ok) count[written.value.kind] += 1
      else {
        fail(planned.file, written.error.message)
        if (FULL.has(written.error.code)) full = written.error.message
      }
    }
    onProgress(1)
  }
  await Promise.all(files.map((file, at) => limit(() => one(file, at))))
  return { state: signal.aborted ? 'cancelled' : 'done' }
}

const MOST_FAILURES = 50
/** What follows would fail for the same reason. */
const FULL = new Set(['DISK_FULL', 'ENOSPC', 'EDQUOT', 'EROFS', 'FOLDER_UNUSABLE'])
