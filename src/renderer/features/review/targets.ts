import type { TakeView } from '../../../shared/domain/take.ts'
import { rowById } from '../../store/keyset.ts'
import { act } from '../../store/notify.ts'
import { useStore } from '../../store/store.ts'
import type { Takes } from './useTakes.ts'

/** What a key is for: the takes chosen together, else the one that is chosen. */
export async function targetsOf({ state, chosen }: Takes): Promise<readonly TakeView[]> {
  const { selectedTakes, isLoupeOpen, compared } = useStore.getState()
  const isTogether = selectedTakes.length > 1 && !isLoupeOpen && compared === null
  if (!isTogether) return chosen === null ? [] : [chosen]
  const here = selectedTakes.map((id) => rowById(state, id))
  if (here.every((take) => take !== null)) return here
  // Far out of view their rows were forgotten.
  const answer = await act('The chosen takes were not read.', 'takes.some', {
    ids: [...selectedTakes],
  })
  return answer.ok ? answer.data : []
}
