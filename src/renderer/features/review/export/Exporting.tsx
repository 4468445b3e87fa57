import { Share } from 'lucide-react'

import { useCommands } from '../../../commands/useCommands.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { useExports } from '../../../store/exportStore.ts'
import { Button } from '../../../ui/Button.tsx'
import { NO_TAKE } from '../useReviewCommands.ts'
import { useTakes } from '../useTakes.ts'
import { ExportDialog } from './ExportDialog.tsx'

/** The export of Review: its key, its dialog, and what it makes in the background. */
export function Exporting() {
  const { chosen } = useTakes()
  const blocked = useBlocked()
  const isOpen = useExports((store) => store.isOpen)
  const open = useExports((store) => store.open)
  useCommands({
    'review.export': {
      why: () => (blocked.length > 0 ? blocked : chosen === null ? NO_TAKE : []),
      run: () => open(true),
    },
  })
  return isOpen ? <ExportDialog chosen={chosen} /> : null
}

/** Opens the export; while one runs, says how far it is. */
export function ExportButton() {
  const blocked = useBlocked()
  const open = useExports((store) => store.open)
  const running = useExports((store) => store.exports.find(({ state }) => state === 'running'))
  return (
    <Button icon={<Share />} hint="E" why={blocked} onPress={() => open(true)}>
      {running === undefined ? 'Export' : `Exporting, ${Math.floor(running.progress * 100)} %`}
    </Button>
  )
}
