import type { BatchId } from '../shared/domain/ids.ts'
import type { CliTools } from '../main/composeCli.ts'
import type { Output } from './terminal/output.ts'
import type { Queries } from '../main/engine.ts'

export interface Sheets {
  readonly output: Output
  readonly tools: CliTools
  readonly queries: Queries
  /** Leaves the rest undrawn. */
  readonly signal: AbortSignal
}

/** Draws a contact sheet for each batch and names it. Not having one is no fault of the work. */
export async function drawSheets(
  { output, tools, queries, signal }: Sheets,
  batchIds: Iterable<BatchId>,
): Promise<void> {
  for (const id of batchIds) {
    if (signal.aborted) return
    const drawn = await tools.contactSheet(queries, id, signal)
    if (drawn.ok) for (const path of drawn.value) output.note(`Contact sheet: ${path}`)
    else output.note(`No contact sheet was drawn: ${drawn.error.message}`)
  }
}
