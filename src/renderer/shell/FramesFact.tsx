import { X } from 'lucide-react'
import { useEffect } from 'react'
import { Button as AriaButton } from 'react-aria-components'

import { useCommands } from '../commands/useCommands.ts'
import { followFramesComing, stopFramesComing, useFramesComing } from '../store/framesComing.ts'
import { useStore } from '../store/store.ts'
import type { Reason } from '../ui/Button.tsx'
import { formatCount } from '../ui/format.ts'
import { IconButton } from '../ui/IconButton.tsx'
import { ProgressBar } from '../ui/ProgressBar.tsx'

const NOTHING: readonly Reason[] = Object.freeze([{ text: 'No frames are coming in.' }])

/** How far a folder of pictures is that comes into Frames; leads there, and stops it. */
export function FramesFact() {
  useEffect(followFramesComing, [])
  const go = useStore((store) => store.go)
  const coming = useFramesComing((store) => store.coming)
  useCommands({
    'frames.stop': {
      why: () => (coming === null ? NOTHING : []),
      run: () => void stopFramesComing(),
    },
  })
  if (coming === null) return null
  const { done, total } = coming
  return (
    <span className="strip-export">
      <AriaButton
        className="strip-figure"
        aria-label={`Bringing in frames ${formatCount(done)} of ${formatCount(total)}: show`}
        onPress={() => go('frames')}
      >
        frames{' '}
        <b>
          {formatCount(done)} of {formatCount(total)}
        </b>
        <ProgressBar label="Frames" value={done / total} width={60} />
      </AriaButton>
      <IconButton
        icon={<X />}
        label="Stop bringing in frames"
        onPress={() => void stopFramesComing()}
      />
    </span>
  )
}
