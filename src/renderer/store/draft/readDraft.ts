import type { Draft, DraftId, DraftRow } from '../../../shared/domain/draft.ts'
import { rowsPerTurn } from '../../../shared/domain/rowsPerTurn.ts'
import type { Page } from '../../../shared/domain/views.ts'
import type { Envelope } from '../../../shared/ipc/ipcError.ts'
import { ask } from '../../ipc/client.ts'
import type { DraftDoc } from './sync.ts'

/** A draft with all its rows, page by page. */
export async function readDraft(
  draftId: DraftId,
): Promise<Envelope<{ readonly head: Draft; readonly doc: DraftDoc }>> {
  const head = await ask('drafts.get', { draftId })
  if (!head.ok) return head
  const rows: DraftRow[] = []
  const limit = rowsPerTurn(head.data.variables.length)
  let after: string | null = null
  do {
    const page: Envelope<Page<DraftRow>> = await ask('drafts.rows', { draftId, after, limit })
    if (!page.ok) return page
    rows.push(...page.data.rows)
    after = page.data.next
  } while (after !== null)
  return { ok: true, data: { head: head.data, doc: docOf(head.data, rows) } }
}

export function docOf(head: Draft, rows: readonly DraftRow[]): DraftDoc {
  const { name, defaults, options, variables, layout } = head
  return { name, defaults, options, variables, layout, rows }
}
