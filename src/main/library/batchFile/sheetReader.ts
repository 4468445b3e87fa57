import { Worker } from 'node:worker_threads'
import {
  AS_FOUND,
  type ImportPreview,
  type ImportReading,
} from '../../../shared/domain/batchImport.ts'
import { fileProblem, unread, type BatchRow } from './batchTable.ts'
import { importPreview, readImport } from './importPreview.ts'
import { readBatchFile, type ReadBatchFile, type ReadOptions } from './readBatchFile.ts'

/** Reads batch files for the app. A workbook of 10,000 rows and 200 columns takes seconds. */
export interface SheetReader {
  preview(path: string, wish: ImportReading, signal?: AbortSignal): Promise<ImportPreview>
  read(options: ReadOptions, signal?: AbortSignal): Promise<ReadBatchFile>
}

/** In this thread, which does nothing else meanwhile. */
export const sheetReaderHere: SheetReader = {
  preview: async (path, wish) => importPreview(path, await readImport(path, wish)),
  read: (options) => readBatchFile(options),
}

export type SheetTask =
  | { readonly kind: 'preview'; readonly path: string; readonly wish: ImportReading }
  | { readonly kind: 'read'; readonly options: ReadOptions }

/** What the thread says: that it stands, rows as they are ready, and what it ends with. */
export type SheetWord =
  | { readonly kind: 'started' }
  | { readonly kind: 'rows'; readonly rows: readonly BatchRow[] }
  /** Of a table all but its rows, which came before. */
  | { readonly kind: 'read'; readonly file: ReadBatchFile }
  | { readonly kind: 'preview'; readonly preview: ImportPreview }

/** In a thread of its own; the window goes on meanwhile. `worker` is the file of `sheetWorker.ts`. */
export function sheetReaderAside(worker: string): SheetReader {
  return {
    async preview(path, wish, signal) {
      const answer = await work(worker, { kind: 'preview', path, wish }, signal)
      if (answer.kind === 'preview') return answer.preview
      if (answer.kind !== 'failed') return sheetReaderHere.preview(path, wish)
      return importPreview(path, { file: failed(answer.message, wish), columns: [] })
    },
    async read(options, signal) {
      const answer = await work(worker, { kind: 'read', options }, signal)
      if (answer.kind === 'read') return answer.file
      if (answer.kind !== 'failed') return sheetReaderHere.read(options)
      return failed(answer.message, { ...AS_FOUND, ...options.reading })
    },
  }
}

type Answer =
  | { readonly kind: 'preview'; readonly preview: ImportPreview }
  | { readonly kind: 'read'; readonly file: ReadBatchFile }
  /** No thread could be started here. */
  | { readonly kind: 'none' }
  | { readonly kind: 'failed'; readonly message: string }

function work(worker: string, task: SheetTask, signal?: AbortSignal): Promise<Answer> {
  return new Promise((resolve) => {
    const thread = new Worker(worker, { workerData: task })
    const rows: BatchRow[] = []
    let isStarted = false
    const end = (answer: Answer): void => {
      resolve(answer)
      signal?.removeEventListener('abort', stop)
      void thread.terminate()
    }
    const stop = (): void => end({ kind: 'failed', message: 'it was stopped' })
    if (signal?.aborted === true) return stop()
    signal?.addEventListener('abort', stop)
    thread.on('message', (word: SheetWord) => {
      if (word.kind === 'started') isStarted = true
      else if (word.kind === 'rows') {
        rows.push(...word.rows)
        // oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
        thread.postMessage('next')
      } else if (word.kind === 'preview') end(word)
      else end({ kind: 'read', file: withRows(word.file, rows) })
    })
    thread.on('error', (error) =>
      end(isStarted ? { kind: 'failed', message: String(error) } : { kind: 'none' }),
    )
  })
}

const withRows = (file: ReadBatchFile, rows: readonly BatchRow[]): ReadBatchFile =>
  file.table === null ? file : { ...file, table: { ...file.table, rows } }

/** Most often the thread ran out of memory. */
function failed(message: string, reading: ImportReading): ReadBatchFile {
  const problem = fileProblem(
    'fileNotRead',
    `The file could not be read to its end (${message}).`,
    'Split it, or save the sheet as CSV.',
  )
  return { ...unread(problem), sha256: '', encoding: null, reading, sheets: [] }
}
