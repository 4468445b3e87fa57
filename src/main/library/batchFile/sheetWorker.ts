import { parentPort, workerData } from 'node:worker_threads'
import { sheetReaderHere, type SheetTask, type SheetWord } from './sheetReader.ts'

/** Entry of the thread that reads batch files; started by `sheetReaderAside`. */

/** Rows of one message: little enough to be taken up between two frames. */
const CHUNK = 200

const task = workerData as SheetTask
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const say = (word: SheetWord): void => parentPort?.postMessage(word)

say({ kind: 'started' })
if (task.kind === 'preview') {
  say({ kind: 'preview', preview: await sheetReaderHere.preview(task.path, task.wish) })
} else {
  const file = await sheetReaderHere.read(task.options)
  const rows = file.table?.rows ?? []
  for (let from = 0; from < rows.length; from += CHUNK) {
    say({ kind: 'rows', rows: rows.slice(from, from + CHUNK) })
  }
  const table = file.table === null ? null : { ...file.table, rows: [] }
  say({ kind: 'read', file: { ...file, table } })
}
