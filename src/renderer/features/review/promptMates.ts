import type { TakeId } from '../../../shared/domain/ids.ts'
import { promptOf } from '../../store/review/takeFilter.ts'
import { useStore } from '../../store/store.ts'
import type { Takes } from './useTakes.ts'

/** What a comparison is of: the selected takes, or all takes of the chosen one's prompt. */
export function promptMates({ state, chosen }: Takes): readonly TakeId[] {
  const { selectedTakes } = useStore.getState()
  if (selectedTakes.length > 1) return selectedTakes
  if (chosen === null) return []
  const prompt = promptOf(chosen)
  return state.pages.flatMap((page) =>
    page.ids.filter((_, at) => page.groups[at] === prompt),
  ) as TakeId[]
}
