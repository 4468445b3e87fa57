import { useEffect, useState, type Ref } from 'react'

import type { FrameId } from '../../../shared/domain/ids.ts'
import type { FrameView } from '../../../shared/domain/referenceFrame.ts'
import { listen } from '../../ipc/client.ts'
import { readFrames } from '../../store/frameActions.ts'
import { formatBytes, plural } from '../../ui/format.ts'
import { FrameTags } from './FrameTags.tsx'

interface SeveralFramesProps {
  readonly ids: readonly FrameId[]
  readonly tagsRef: Ref<HTMLInputElement>
}

/** What several frames have in common, and tags for all of them. */
export function SeveralFrames({ ids, tagsRef }: SeveralFramesProps) {
  const frames = useChosenViews(ids)
  const bytes = frames.reduce((sum, frame) => sum + frame.bytes, 0)
  return (
    <>
      <p className="panel-hint">
        <b>{plural(ids.length, 'frame')}</b> chosen, {formatBytes(bytes)}
      </p>
      <FrameTags frames={frames} inputRef={tagsRef} />
    </>
  )
}

/** The frames themselves, also those that the wall has not read. */
function useChosenViews(ids: readonly FrameId[]): readonly FrameView[] {
  const [frames, setFrames] = useState<readonly FrameView[]>([])
  const key = ids.join(' ')
  useEffect(() => {
    let isGone = false
    const readAll = async (): Promise<void> => {
      const read = await readFrames(key.split(' ') as FrameId[])
      if (!isGone) setFrames(read)
    }
    void readAll()
    const end = listen('frames.changed', () => void readAll())
    return () => {
      isGone = true
      end()
    }
  }, [key])
  return frames
}
