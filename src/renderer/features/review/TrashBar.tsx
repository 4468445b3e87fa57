import { RotateCcw, Trash2 } from 'lucide-react'

import { useBlocked } from '../../hooks/useBlocked.ts'
import { askToDelete, useDeleting } from '../../store/review/deleting.ts'
import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'
import { plural } from '../../ui/format.ts'
import { targetsOf } from './targets.ts'
import type { Takes } from './useTakes.ts'

/** What can be done while one looks into the trash. */
export function TrashBar({ takes }: { readonly takes: Takes }) {
  const blocked = useBlocked()
  const isAtWork = useDeleting((deleting) => deleting.isAtWork)
  const chosen = useStore((store) => Math.max(1, store.selectedTakes.length))
  if (useStore((store) => store.filter.shown) !== 'trashed') return null
  const why = isAtWork ? [{ text: 'Files are being deleted.' }, ...blocked] : blocked
  const whyNone = takes.chosen === null ? [{ text: 'No take is chosen.' }, ...why] : why
  const whyEmpty = takes.total === 0 ? [{ text: 'The trash is empty.' }, ...why] : why
  return (
    <div className="trash-bar">
      <span className="grow text-2">
        {isAtWork
          ? 'Files are being deleted…'
          : 'Files stay on the disk until they are deleted here.'}
      </span>
      <Button
        variant="quiet"
        icon={<RotateCcw />}
        why={whyNone}
        onPress={() => void restore(takes)}
      >
        Bring back
      </Button>
      <Button variant="quiet" why={whyNone} onPress={() => void deleteChosen(takes)}>
        Delete {chosen === 1 ? 'this take' : plural(chosen, 'take')}…
      </Button>
      <Button icon={<Trash2 />} why={whyEmpty} onPress={() => void askToDelete(null)}>
        Empty the trash…
      </Button>
    </div>
  )
}

async function restore(takes: Takes): Promise<void> {
  const targets = await targetsOf(takes)
  await useStore.getState().restoreTakes(targets.map(({ id }) => id))
}

/** Asks first. */
export async function deleteChosen(takes: Takes): Promise<void> {
  const targets = await targetsOf(takes)
  await askToDelete(targets.map(({ id }) => id))
}
