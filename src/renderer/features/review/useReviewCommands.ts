import type { TakeView } from '../../../shared/domain/take.ts'
import { useCommands } from '../../commands/useCommands.ts'
import { useBlocked } from '../../hooks/useBlocked.ts'
import { act } from '../../store/notify.ts'
import {
  askAgain,
  newDraftOfMore,
  newDraftOfRejected,
  newDraftOfTakes,
} from '../../store/review/again.ts'
import { askToDelete } from '../../store/review/deleting.ts'
import type { Verdict } from '../../store/review/judging.ts'
import { useStore } from '../../store/store.ts'
import { useView } from '../../store/viewStore.ts'
import type { Reason } from '../../ui/Button.tsx'
import { deleteChosen } from './TrashBar.tsx'
import { targetsOf } from './targets.ts'
import { chooseIndex } from './useReviewKeys.ts'
import type { Takes } from './useTakes.ts'

export const NO_TAKE: readonly Reason[] = Object.freeze([
  { text: 'There is no take here to do that to.' },
])

const NOT_IN_TRASH: readonly Reason[] = Object.freeze([
  {
    text: 'Only what is in the trash is deleted for good.',
    go: () => useStore.getState().filterTakes({ shown: 'trashed' }),
  },
])
const isInTrash = (): boolean => useStore.getState().filter.shown === 'trashed'

/** What the keys, the menu and the palette do to the chosen takes, on every view of Review. */
export function useReviewCommands(takes: Takes): void {
  const blocked = useBlocked()
  const { chosen, chosenIndex } = takes
  const hasTake = (): readonly Reason[] => (chosen === null ? NO_TAKE : [])
  const why = (): readonly Reason[] => (blocked.length > 0 ? blocked : hasTake())
  /** Does something to every take that is meant. */
  const toAll = (run: (targets: readonly TakeView[]) => void) => ({
    why,
    run: () => void targetsOf(takes).then(run),
  })
  const judge = (verdict: Verdict) =>
    toAll((targets) => {
      void useStore.getState().judge(targets, verdict)
      const advances = useView.getState().autoAdvance && useStore.getState().compared === null
      if (advances && targets.length === 1) chooseIndex(takes, chosenIndex + 1)
    })
  const again = (seed: 'same' | 'new') => toAll((targets) => askAgain({ takes: targets, seed }))

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
    'review.tag': toAll((targets) => useStore.getState().askTag(targets)),
    'review.trash': toAll((targets) => trash(takes, targets)),
    'review.deleteForGood': {
      why: () => (isInTrash() ? why() : NOT_IN_TRASH),
      run: () => void deleteChosen(takes),
    },
    'review.emptyTrash': { why: () => blocked, run: () => void askToDelete(null) },
    'review.reroll': again('new'),
    'review.sameAgain': again('same'),
    'review.withChanges': toAll((targets) => void newDraftOfTakes(targets)),
    'review.moreLikeThis': toAll((targets) => void newDraftOfMore(targets)),
    'review.rerollRejected': {
      why: () => blocked,
      run: () => void newDraftOfRejected(useStore.getState().filter.batchId),
    },
    'review.showInFolder': { why: hasTake, run: () => showInFolder(takes) },
    'edit.undo': { why: () => blocked, run: () => void useStore.getState().undoVerdict() },
  })
}

function trash(takes: Takes, targets: readonly TakeView[]): void {
  const { chosenIndex, total } = takes
  const { trashTakes, filter, restoreTakes } = useStore.getState()
  const next = chosenIndex + targets.length < total ? chosenIndex + targets.length : chosenIndex - 1
  chooseIndex(takes, next)
  if (filter.shown === 'trashed') void restoreTakes(targets.map(({ id }) => id))
  else void trashTakes(targets)
}

function showInFolder({ chosen }: Takes): void {
  if (chosen === null) return
  void act('The folder was not opened.', 'takes.showInFolder', { takeId: chosen.id })
}
