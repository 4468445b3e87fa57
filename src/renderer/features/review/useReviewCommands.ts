import { useCommands } from '../../commands/useCommands.ts'
import { useBlocked } from '../../hooks/useBlocked.ts'
import { act } from '../../store/notify.ts'
import type { Verdict } from '../../store/reviewSlice.ts'
import { useStore } from '../../store/store.ts'
import { useView } from '../../store/viewStore.ts'
import type { Reason } from '../../ui/Button.tsx'
import { chooseIndex } from './useReviewKeys.ts'
import type { Takes } from './useTakes.ts'

export const NO_TAKE: readonly Reason[] = Object.freeze([
  { text: 'There is no take here to do that to.' },
])

/** What the keys, the menu and the palette do to the chosen take, on every view of Review. */
export function useReviewCommands(takes: Takes): void {
  const blocked = useBlocked()
  const { chosen, chosenIndex } = takes
  const hasTake = (): readonly Reason[] => (chosen === null ? NO_TAKE : [])
  const canChange = (): readonly Reason[] => (blocked.length > 0 ? blocked : hasTake())

  const judge = (verdict: Verdict) => ({
    why: canChange,
    run: () => {
      if (chosen === null) return
      void useStore.getState().judge(chosen, verdict)
      if (useView.getState().autoAdvance) chooseIndex(takes, chosenIndex + 1)
    },
  })
  useCommands({
    'review.pick': judge({ flag: 'pick' }),
    'review.reject': judge({ flag: 'reject' }),
    'review.unflag': judge({ flag: 'none' }),
    'review.rate0': judge({ rating: 0 }),
    'review.rate1': judge({ rating: 1 }),
    'review.rate2': judge({ rating: 2 }),
    'review.rate3': judge({ rating: 3 }),
    'review.rate4': judge({ rating: 4 }),
    'review.rate5': judge({ rating: 5 }),
    'review.trash': { why: canChange, run: () => trash(takes) },
    'review.showInFolder': { why: hasTake, run: () => showInFolder(takes) },
    'edit.undo': { why: () => blocked, run: () => void useStore.getState().undoVerdict() },
  })
}

function trash(takes: Takes): void {
  const { chosen, chosenIndex } = takes
  if (chosen === null) return
  const { trashTake, filter, restoreTake } = useStore.getState()
  chooseIndex(takes, chosenIndex + 1 < takes.total ? chosenIndex + 1 : chosenIndex - 1)
  void (filter.shown === 'trashed' ? restoreTake(chosen.id) : trashTake(chosen))
}

function showInFolder({ chosen }: Takes): void {
  if (chosen === null) return
  void act('The folder was not opened.', 'takes.showInFolder', { takeId: chosen.id })
}
