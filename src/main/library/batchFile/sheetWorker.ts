import { once } from 'node:events'
import { parentPort, workerData } from 'node:worker_threads'
import { inPortions, rowsPerTurn } from '../../../shared/domain/rowsPerTurn.ts'
import { sheetReaderHere, type SheetTask, type SheetWord } from './sheetReader.ts'

/** Entry of the thread that reads batch files; started by `sheetReaderAside`. */

const task = workerData as SheetTask
// oxlint-disable-next-line unicorn/require-post-message-target-origin -- a thread has no origin
const say = (word: SheetWord): void => parentPort?.postMessage(word)

say({ kind: 'started' })
if (task.kind === 'preview') {
  say({ kind: 'preview', preview: await sheetReaderHere.preview(task.path, task.wish) })
} else {
  const file = await sheetReaderHere.read(task.options)
  const all = file.table?.rows ?? []
  for (const rows of inPortions(all, rowsPerTurn(file.table?.columns.length ?? 0))) {
    say({ kind: 'rows', rows })
    // All that waits is taken up in one turn, so the next ones are sent when these are there.
    if (parentPort !== null) await once(parentPort, 'message')
  }
  const table = file.table === null ? null : { ...file.table, rows: [] }
  say({ kind: 'read', file: { ...file, table } })
}
