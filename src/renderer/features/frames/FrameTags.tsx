import { useState, type Ref } from 'react'

import type { FrameView } from '../../../shared/domain/referenceFrame.ts'
import { useBlocked } from '../../hooks/useBlocked.ts'
import { tagsOf } from '../../store/draft/columns.ts'
import { tagFrames } from '../../store/frameActions.ts'
import { Chip } from '../../ui/Chip.tsx'
import { formatCount } from '../../ui/format.ts'
import { SideSection } from '../../ui/SidePanel.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { tagCounts } from './tags.ts'

interface FrameTagsProps {
  readonly frames: readonly FrameView[]
  readonly inputRef: Ref<HTMLInputElement>
}

/** The tags of one frame or of several: on or off for all of them, and new ones. */
export function FrameTags({ frames, inputRef }: FrameTagsProps) {
  const isReadOnly = useBlocked().length > 0
  const [typed, setTyped] = useState('')
  const counts = tagCounts(frames)
  if (counts.length === 0 && isReadOnly) return null
  const add = (): void => {
    const tags = tagsOf(typed)
    if (tags.length > 0) void tagFrames(frames, { add: tags, remove: [] })
    setTyped('')
  }
  const turn = (tag: string, isOnAll: boolean): void => {
    if (isReadOnly) return
    void tagFrames(frames, isOnAll ? { add: [], remove: [tag] } : { add: [tag], remove: [] })
  }
  return (
    <SideSection title="Tags">
      <div className="panel-fields">
        <div className="frame-tags">
          {counts.map(({ tag, frames: having }) => {
            const isOnAll = having === frames.length
            return (
              <Chip key={tag} isOn={isOnAll} onChange={() => turn(tag, isOnAll)}>
                {tag}
                {isOnAll ? '' : ` ${formatCount(having)} of ${formatCount(frames.length)}`}
              </Chip>
            )
          })}
        </div>
        {!isReadOnly && (
          <TextField
            label={frames.length === 1 ? 'More tags' : 'Tags for all of them'}
            value={typed}
            placeholder="night, product"
            inputRef={inputRef}
            onChange={setTyped}
            onEnter={add}
            onLeave={add}
            isLeftWhenTaken
          />
        )}
      </div>
    </SideSection>
  )
}
