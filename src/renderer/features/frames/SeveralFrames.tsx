import { useEffect, useState } from 'react'

import type { FrameId } from '../../../shared/domain/ids.ts'
import type { FrameView } from '../../../shared/domain/referenceFrame.ts'
import { useBlocked } from '../../hooks/useBlocked.ts'
import { ask, listen } from '../../ipc/client.ts'
import { tagsOf } from '../../store/draft/columns.ts'
import { inParts, tagFrames } from '../../store/frameActions.ts'
import { Chip } from '../../ui/Chip.tsx'
import { formatBytes, formatCount, plural } from '../../ui/format.ts'
import { SideSection } from '../../ui/SidePanel.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { tagCounts } from './tags.ts'

/** What several frames have in common, and tags for all of them. */
export function SeveralFrames({ ids }: { readonly ids: readonly FrameId[] }) {
  const isReadOnly = useBlocked().length > 0
  const frames = useChosenViews(ids)
  const [typed, setTyped] = useState('')
  const counts = tagCounts(frames)
  const add = (): void => {
    const tags = tagsOf(typed)
    if (tags.length > 0) void tagFrames(frames, { add: tags, remove: [] })
    setTyped('')
  }
  const bytes = frames.reduce((sum, frame) => sum + frame.bytes, 0)
  return (
    <>
      <p className="panel-hint">
        <b>{plural(ids.length, 'frame')}</b> chosen, {formatBytes(bytes)}
      </p>
      {(counts.length > 0 || !isReadOnly) && (
        <SideSection title="Tags">
          <div className="panel-fields">
            <div className="frame-tags">
              {counts.map(({ tag, frames: having }) => {
                const isOnAll = having === frames.length
                return (
                  <Chip
                    key={tag}
                    isOn={isOnAll}
                    onChange={() =>
                      isReadOnly
                        ? undefined
                        : void tagFrames(
                            frames,
                            isOnAll ? { add: [], remove: [tag] } : { add: [tag], remove: [] },
                          )
                    }
                  >
                    {tag}
                    {isOnAll ? '' : ` ${formatCount(having)} of ${formatCount(frames.length)}`}
                  </Chip>
                )
              })}
            </div>
            {!isReadOnly && (
              <TextField
                label="Tags for all of them"
                value={typed}
                placeholder="night, product"
                onChange={setTyped}
                onEnter={add}
                onLeave={add}
              />
            )}
          </div>
        </SideSection>
      )}
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
