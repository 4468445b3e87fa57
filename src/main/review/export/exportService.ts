import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { join } from 'node:path'
import pLimit from 'p-limit'
import type {
  ExportId,
  ExportItem,
  ExportPlan,
  ExportView,
  PlannedExport,
} from '../../../shared/domain/export.ts'
import type { JobError } from '../../../shared/domain/errors.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { freeBytes } from '../../media/freeBytes.ts'
import type { FfmpegRunner } from '../../media/runFfmpeg.ts'
import { createClipFiles } from './clipFiles.ts'
import { uniqueNames } from './exportNames.ts'
import { createExportBook } from './exportBook.ts'
import { planExports, type ExportSources, type ExportWish } from './planExports.ts'
import { runExport, type NamedFile } from './runExport.ts'

export interface ExportServiceOptions {
  readonly sources: ExportSources
  readonly runner: FfmpegRunner
  /** Where exports go. */
  readonly folder: () => string
  readonly now: () => number
  readonly newId: () => string
}

/** Why an export does not begin. */
export interface ExportRefusal {
  readonly code: 'nothingToExport' | 'diskFull'
  readonly message: string
}

/** Files made of takes and clips. The takes are never touched. */
export interface ExportService {
  plan(wish: ExportWish): Promise<ExportPlan>
  start(wish: ExportWish): Promise<Result<ExportView, ExportRefusal>>
  /** The files of takes as they lie there; of clips, files that are made for it and last as long as the app. */
  filesOf(items: readonly ExportItem[]): Promise<Result<readonly string[], JobError>>
  /** Those that run and those that ended since the app was opened, latest first. */
  list(): readonly ExportView[]
  /** What is whole stays; nothing half-written does. */
  cancel(id: ExportId): void
  /** Something of the list changed; called often. Returns its unsubscribe. */
  subscribe(listener: () => void): () => void
  /** Cancels what runs; resolves when nothing does. */
  close(): Promise<void>
}

/** Encoders use several cores each; more of them at once than cores gain nothing. */
const AT_ONCE = Math.max(1, Math.min(4, availableParallelism()))

export function createExportService(options: ExportServiceOptions): ExportService {
  const book = createExportBook(options.now)
  const running = new Set<Promise<void>>()
  const limit = pLimit(AT_ONCE)
  const clipFiles = createClipFiles(options)
  return {
    async plan(wish) {
      const folder = options.folder()
      const files = await namedFiles(options, wish, folder)
      return { folder, files: files.map(shown), freeBytes: await freeBytes(folder) }
    },
    async start(wish) {
      const folder = options.folder()
      const files = await namedFiles(options, wish, folder)
      const refusal = await refuse(files, folder)
      if (refusal !== null) return err(refusal)
      const id: ExportId = `export_${options.newId()}`
      const { view, signal } = book.begin({ id, folder, files: files.length })
      const { collision } = wish.settings
      const tell = (part: Partial<ExportView>): void => book.change(id, part)
      const run = runExport({ ...options, files, folder, limit, collision, signal, tell })
      const ended = run.then((end) => tell({ ...end, endedAt: options.now() }))
      running.add(ended)
      void ended.finally(() => running.delete(ended))
      return ok(view)
    },
    filesOf: (items) => clipFiles.of(items),
    list: () => book.list(),
    cancel: (id) => book.cancel(id),
    subscribe: (listener) => book.subscribe(listener),
    async close() {
      for (const { id } of book.list()) book.cancel(id)
      await Promise.all(running)
      await clipFiles.close()
    },
  }
}

const shown = ({ file, words, seconds, isTaken, work }: NamedFile): PlannedExport => ({
  file,
  words,
  seconds,
  isTaken,
  method: work?.method ?? null,
})

async function namedFiles(
  { sources }: ExportServiceOptions,
  wish: ExportWish,
  folder: string,
): Promise<readonly NamedFile[]> {
  const files = await planExports(sources, wish)
  const isThere = (file: string): boolean => existsSync(join(folder, file))
  const keeps = wish.settings.collision === 'number'
  const names = uniqueNames(files, (file) => !keeps || !isThere(file))
  return files.map((planned, at) => {
    const file = names[at] ?? planned.name
    return { ...planned, file, isTaken: isThere(`${planned.name}${planned.ending}`) }
  })
}

async function refuse(files: readonly NamedFile[], folder: string): Promise<ExportRefusal | null> {
  if (!files.some(({ work }) => work !== null)) {
    const why = files[0]?.words ?? 'No take was chosen.'
    return { code: 'nothingToExport', message: `There is nothing to export. ${why}` }
  }
  const needed = files.reduce((sum, { bytes }) => sum + (bytes ?? 0), 0)
  const free = await freeBytes(folder)
  if (free === null || needed <= free) return null
  const megabytes = Math.ceil((needed - free) / 1_000_000)
  return {
    code: 'diskFull',
    message: `The disk has too little room for the export: ${megabytes} MB more are needed. Free some, or choose another folder.`,
  }
}
