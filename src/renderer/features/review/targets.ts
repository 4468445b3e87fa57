import type { TakeView } from '../../../shared/domain/take.ts'
import { ask } from '../../ipc/client.ts'
import { rowById } from '../../store/keyset.ts'
import { useStore } from '../../store/store.ts'
import type { Takes } from './useTakes.ts'

/** What a key is for: the takes chosen together, else the one that is chosen. */
export async function targetsOf({ state, chosen }: Takes): Promise<readonly TakeView[]> {
  const { selectedTakes, isLoupeOpen, compared } = useStore.getState()
  const isTogether = selectedTakes.length > 1 && !isLoupeOpen && compared === null
  if (!isTogether) return chosen === null ? [] : [chosen]
  const takes = await Promise.all(
    selectedTakes.map(async (takeId) => {
      const here = rowById(state, takeId)
      if (here !== null) return here
      // Far out of view its row was forgotten.
      const answer = await ask('takes.get', { takeId })
      return answer.ok ? answer.data : null
    }),
  )
  return takes.filter((take) => take !== null)
}
