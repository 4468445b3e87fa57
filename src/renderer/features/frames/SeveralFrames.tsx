import { useEffect, useState } from 'react'

import type { FrameId } from '../../../shared/domain/ids.ts'
import type { FrameView } from '../../../shared/domain/referenceFrame.ts'
import { ask, listen } from '../../ipc/client.ts'
import { inParts } from '../../store/frameActions.ts'
import { formatBytes, plural } from '../../ui/format.ts'
import { FrameTags } from './FrameTags.tsx'

/** What several frames have in common, and tags for all of them. */
export function SeveralFrames({ ids }: { readonly ids: readonly FrameId[] }) {
  const frames = useChosenViews(ids)
  const bytes = frames.reduce((sum, frame) => sum + frame.bytes, 0)
  return (
    <>
      <p className="panel-hint">
        <b>{plural(ids.length, 'frame')}</b> chosen, {formatBytes(bytes)}
      </p>
      <FrameTags frames={frames} />
    </>
  )
}

/** The frames themselves, also those that the wall has not read. */
function useChosenViews(ids: readonly FrameId[]): readonly FrameView[] {
  const [frames, setFrames] = useState<readonly FrameView[]>([])
  const key = ids.join(' ')
  useEffect(() => {
    let isGone = false
    const read = async (): Promise<void> => {
      const parts = inParts(key.split(' ') as FrameId[])
      const answers = await Promise.all(parts.map((part) => ask('frames.get', { ids: part })))
      if (!isGone) setFrames(answers.flatMap((answer) => (answer.ok ? answer.data : [])))
    }
    void read()
    const end = listen('frames.changed', () => void read())
    return () => {
      isGone = true
      end()
    }
  }, [key])
  return frames
}
