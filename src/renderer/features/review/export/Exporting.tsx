import { Share } from 'lucide-react'
import { useMemo } from 'react'

import type { TakeId } from '../../../../shared/domain/ids.ts'
import type { TakeView } from '../../../../shared/domain/take.ts'
import { useCommands } from '../../../commands/useCommands.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { useExports } from '../../../store/exportStore.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { NO_TAKE } from '../useReviewCommands.ts'
import { useTakes } from '../useTakes.ts'
import { ExportDialog } from './ExportDialog.tsx'

/** The export of Review: its key, its dialog, and what it makes in the background. */
export function Exporting() {
  const { chosen } = useTakes()
  const blocked = useBlocked()
  const isOpen = useExports((store) => store.isOpen)
  const chosenIds = useChosenIds(chosen)
  useCommands({
    'review.export': {
      why: () => (blocked.length > 0 ? blocked : chosen === null ? NO_TAKE : []),
      run: openExport,
    },
  })
  return isOpen ? <ExportDialog chosen={chosenIds} /> : null
}

/** The takes that are chosen together, else the one that is chosen. */
function useChosenIds(chosen: TakeView | null): readonly TakeId[] {
  const selected = useStore((store) => store.selectedTakes)
  const isLoupeOpen = useStore((store) => store.isLoupeOpen)
  const id = chosen?.id
  return useMemo(() => {
    if (selected.length > 1 && !isLoupeOpen) return selected
    return id === undefined ? [] : [id]
  }, [selected, isLoupeOpen, id])
}

/** What is open or chosen together goes out; on the wall what was picked, where something was. */
function openExport(): void {
  const { isLoupeOpen, compared, selectedTakes, counts } = useStore.getState()
  const isMeant = isLoupeOpen || compared !== null || selectedTakes.length > 1
  const { setScope, open } = useExports.getState()
  setScope(!isMeant && (counts?.picked ?? 0) > 0 ? 'picked' : 'chosen')
  open(true)
}

/** Opens the export; while one runs, says how far it is. */
export function ExportButton() {
  const blocked = useBlocked()
  const running = useExports((store) => store.exports.find(({ state }) => state === 'running'))
  return (
    <Button icon={<Share />} hint="E" why={blocked} onPress={openExport}>
      {running === undefined ? 'Export' : `Exporting, ${Math.floor(running.progress * 100)} %`}
    </Button>
  )
}
