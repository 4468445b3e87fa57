import type { ClipView } from '../../../../shared/domain/clip.ts'
import type { ExportItem } from '../../../../shared/domain/export.ts'
import type { TakeId } from '../../../../shared/domain/ids.ts'
import type { TakeView } from '../../../../shared/domain/take.ts'
import type { Page } from '../../../../shared/domain/views.ts'
import type { Envelope } from '../../../../shared/ipc/ipcError.ts'
import { ask } from '../../../ipc/client.ts'
import type { ExportScope } from '../../../store/exportStore.ts'
import { fullFilter } from '../../../store/review/takeFilter.ts'
import { useStore } from '../../../store/store.ts'

/** What one export takes at most. */
export const MOST_ITEMS = 2000
const PAGE = 500

/** Each clip of the takes in scope; a take without one goes out whole. Null: they could not be read. */
export async function exportItems(
  scope: ExportScope,
  chosen: readonly TakeId[],
): Promise<readonly ExportItem[] | null> {
  const ids = scope === 'chosen' ? chosen : await takesIn(scope)
  if (ids === null) return null
  const clips = await clipsOf(ids)
  if (clips === null) return null
  return ids.flatMap((id) => itemsOf(id, clips)).slice(0, MOST_ITEMS)
}

/** Each clip of a take; the take itself where it has none. */
export function itemsOf(takeId: TakeId, clips: readonly ClipView[]): readonly ExportItem[] {
  const own = clips.filter((clip) => clip.takeId === takeId)
  if (own.length === 0) return [{ takeId, inFrame: null, outFrame: null, name: '' }]
  return own.map(({ inFrame, outFrame, name }) => ({ takeId, inFrame, outFrame, name }))
}

async function takesIn(scope: ExportScope): Promise<readonly TakeId[] | null> {
  const { filter, order } = useStore.getState()
  const { flags, ...rest } = fullFilter(filter)
  const wanted = scope === 'picked' ? ['pick' as const] : flags
  const takes: TakeId[] = []
  let after: string | null = null
  do {
    const query = wanted === undefined ? rest : { ...rest, flags: [...wanted] }
    const page: Envelope<Page<TakeView>> = await ask('takes.list', {
      filter: query,
      order,
      after,
      limit: PAGE,
    })
    if (!page.ok) return null
    takes.push(...page.data.rows.map(({ id }) => id))
    after = page.data.next
  } while (after !== null && takes.length < MOST_ITEMS)
  return takes
}

/** Null: they could not be read. */
export async function clipsOf(ids: readonly TakeId[]): Promise<readonly ClipView[] | null> {
  if (ids.length === 0) return []
  const takeIds = ids.slice(0, MOST_ITEMS)
  const answer = await ask('clips.ofTakes', { takeIds })
  return answer.ok ? answer.data : null
}
