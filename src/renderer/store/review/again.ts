import type { BatchId } from '../../../shared/domain/ids.ts'
import { sumMoneys, type Money } from '../../../shared/domain/money.ts'
import type { TakeView } from '../../../shared/domain/take.ts'
import type { InputOf } from '../../../shared/ipc/routes.ts'
import { plural } from '../../ui/format.ts'
import { leaveDraft } from '../draftFiles.ts'
import { act, notify } from '../notify.ts'
import { useStore } from '../store.ts'

/** Takes to be made once more: with a seed of their own, or with the same request. */
export interface AgainWish {
  readonly takes: readonly TakeView[]
  readonly seed: 'same' | 'new'
}

/** What they cost when they were made, by currency; null: of one of them it is not known. */
export function costOf(takes: readonly TakeView[]): readonly Money[] | null {
  const costs = takes.flatMap(({ cost }) => cost ?? [])
  if (costs.length < takes.length) return null
  return sumMoneys(costs)
    .filter(({ micros }) => micros > 0)
    .map((sum) => ({ ...sum, estimated: true }))
}

/** Makes them again, after a question where that costs. */
export function askAgain(wish: AgainWish): void {
  if (costOf(wish.takes)?.length === 0) void runAgain(wish)
  else useStore.setState({ again: wish })
}

/** Queues one further take of each, in its own batch and under its cap. */
export async function runAgain({ takes, seed }: AgainWish): Promise<void> {
  const ids = takes.map(({ id }) => id)
  const answer = await act('Nothing was queued.', 'takes.again', { ids, seed })
  if (!answer.ok) return
  const { jobIds, skipped } = answer.data
  const left = skipped[0] === undefined ? '' : ` ${skipped[0].why}`
  notify({
    text: `${plural(jobIds.length, 'take')} queued again${seed === 'new' ? ', with a new seed' : ''}.${left}`,
    tone: jobIds.length > 0 ? 'wait' : 'ask',
    action: { label: 'Queue', run: () => useStore.getState().go('queue') },
  })
}

/** The requests of these takes as rows of a new draft, to be changed before they run. */
export const newDraftOfTakes = (takes: readonly TakeView[]): Promise<void> =>
  newDraft({
    takes: { ids: takes.map(({ id }) => id) },
    name: `Row ${takes[0]?.row ?? 1} with changes`,
    seed: 'same',
  })

/** Several new takes of each of these requests, as a new draft. */
export const newDraftOfMore = (takes: readonly TakeView[]): Promise<void> =>
  newDraft({
    takes: { ids: takes.map(({ id }) => id) },
    name: `More like row ${takes[0]?.row ?? 1}`,
    seed: 'new',
    takesEach: MORE,
  })

/** As many fit beside each other. */
const MORE = 4

/** Rejected prompts go back to Draft as a new batch, each with a new seed. */
export const newDraftOfRejected = (batchId: BatchId | null): Promise<void> =>
  newDraft({ takes: { rejectedOf: batchId }, name: 'Re-roll of the rejected', seed: 'new' })

async function newDraft(wish: InputOf<'drafts.fromTakes'>): Promise<void> {
  if (!(await leaveDraft('No draft was made.'))) return
  const made = await act('No draft was made.', 'drafts.fromTakes', wish)
  if (!made.ok) return
  const { go, openDraft } = useStore.getState()
  await openDraft(made.data.id)
  go('draft')
}
