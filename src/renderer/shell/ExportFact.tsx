import { X } from 'lucide-react'
import { useEffect } from 'react'
import { Button as AriaButton } from 'react-aria-components'

import { useCommands } from '../commands/useCommands.ts'
import { followExports, stopExport, useExports } from '../store/exportStore.ts'
import { useStore } from '../store/store.ts'
import type { Reason } from '../ui/Button.tsx'
import { plural } from '../ui/format.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { ProgressBar } from '../ui/ProgressBar.tsx'

const NOTHING: readonly Reason[] = Object.freeze([{ text: 'No export is running.' }])

/** How far the export is that runs in the background; leads to it, and stops it. */
export function ExportFact() {
  useEffect(followExports, [])
  const go = useStore((store) => store.go)
  const open = useExports((store) => store.open)
  const running = useExports((store) => store.exports.find(({ state }) => state === 'running'))
  useCommands({
    'export.stop': {
      why: () => (running === undefined ? NOTHING : []),
      run: () => void (running !== undefined && stopExport(running.id)),
    },
  })
  if (running === undefined) return null
  const { id, files, progress } = running
  const show = (): void => {
    go('review')
    open(true)
  }
  return (
    <span className="strip-export">
      <AriaButton
        className="strip-figure"
        aria-label={`exporting ${Math.floor(progress * 100)} % of ${plural(files, 'file')}: show`}
        onPress={show}
      >
        exporting <b>{Math.floor(progress * 100)} %</b>
        <ProgressBar label="Export" value={progress} width={60} />
      </AriaButton>
      <IconButton icon={<X />} label="Stop the export" onPress={() => void stopExport(id)} />
    </span>
  )
}
