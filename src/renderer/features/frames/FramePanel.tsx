import { PencilLine, Trash2 } from 'lucide-react'
import { useState } from 'react'

import type { FrameView } from '../../../shared/domain/referenceFrame.ts'
import { runCommand } from '../../commands/registry.ts'
import { useBlocked } from '../../hooks/useBlocked.ts'
import { readFrames } from '../../store/frameActions.ts'
import { PAIRING_WORDS, putIntoDraft, type Pairing, type Role } from '../../store/frameRows.ts'
import { act } from '../../store/notify.ts'
import { Button } from '../../ui/Button.tsx'
import { formatBytes, formatDay } from '../../ui/format.ts'
import { Menu, type MenuEntry } from '../../ui/Menu.tsx'
import { Facts, SidePanel, SideSection } from '../../ui/SidePanel.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { FrameFitting } from './FrameFitting.tsx'
import { FrameModels } from './FrameModels.tsx'
import { FrameTags } from './FrameTags.tsx'
import { SeveralFrames } from './SeveralFrames.tsx'
import type { ChosenFrames } from './useChosenFrames.ts'
import type { FrameFields } from './useFramesCommands.ts'

interface FramePanelProps {
  readonly chosen: ChosenFrames
  readonly fields: FrameFields
  readonly isUsing: boolean
  readonly setUsing: (isUsing: boolean) => void
}

export function FramePanel({ chosen, fields, isUsing, setUsing }: FramePanelProps) {
  const why = useBlocked()
  const [single] = chosen.views
  const count = chosen.ids.size
  return (
    <SidePanel label="The chosen frames">
      {count === 1 && single !== undefined ? (
        <SingleFrame key={single.id} frame={single} fields={fields} />
      ) : (
        <SeveralFrames ids={[...chosen.ids]} tagsRef={fields.tags} />
      )}
      <div className="panel-actions">
        <UseButton chosen={chosen} isOpen={isUsing} onOpenChange={setUsing} />
        <Button
          variant="quiet"
          icon={<Trash2 />}
          why={why}
          onPress={() => runCommand('frames.remove')}
        >
          Remove
        </Button>
      </div>
    </SidePanel>
  )
}

const PAIRINGS = Object.keys(PAIRING_WORDS) as readonly Pairing[]

/** By name, also those whose rows are not here. */
async function chosenViews({ ids }: ChosenFrames): Promise<readonly FrameView[]> {
  const frames = await readFrames([...ids])
  return frames.toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))
}

interface UseButtonProps {
  readonly chosen: ChosenFrames
  readonly isOpen: boolean
  readonly onOpenChange: (isOpen: boolean) => void
}

function UseButton({ chosen, ...opening }: UseButtonProps) {
  const why = useBlocked()[0]?.text
  const entries = (role: Role): readonly MenuEntry[] =>
    PAIRINGS.map((id) => ({
      id: `${role} ${id}`,
      label: PAIRING_WORDS[id],
      why,
      onAction: () => void chosenViews(chosen).then((frames) => putIntoDraft(frames, id, role)),
    }))
  return (
    <Menu
      {...opening}
      label="Use in Draft"
      groups={[
        { id: 'first', title: 'As first frames', entries: entries('firstFrame') },
        { id: 'last', title: 'As last frames', entries: entries('lastFrame') },
      ]}
    >
      <Button icon={<PencilLine />}>Use in Draft</Button>
    </Menu>
  )
}

interface SingleFrameProps {
  readonly frame: FrameView
  readonly fields: FrameFields
}

function SingleFrame({ frame, fields }: SingleFrameProps) {
  const isReadOnly = useBlocked().length > 0
  const [name, setName] = useState(frame.name)
  const keep = (): void => {
    const trimmed = name.trim()
    if (trimmed === '') return setName(frame.name)
    if (trimmed === frame.name) return
    void act('The frame was not renamed.', 'frames.update', {
      ids: [frame.id],
      patch: { name: trimmed },
    })
  }
  return (
    <>
      <FrameFitting frame={frame} isReadOnly={isReadOnly} />
      <FrameModels frame={frame} />
      {!isReadOnly && (
        <div className="panel-fields">
          <TextField
            label="Name"
            value={name}
            inputRef={fields.name}
            onChange={setName}
            onLeave={keep}
            isLeftWhenTaken
            onEnter={keep}
          />
        </div>
      )}
      <FrameTags frames={[frame]} inputRef={fields.tags} />
      <SideSection title="The file">
        <Facts
          facts={[
            { key: 'size', value: `${frame.width}×${frame.height}` },
            { key: 'bytes', value: formatBytes(frame.bytes) },
            { key: 'kind', value: frame.contentType.replace('image/', '') },
            { key: 'added', value: formatDay(frame.createdAt, frame.createdAt) },
            ...(frame.fromTakeId === null ? [] : [{ key: 'from', value: 'a take' }]),
          ]}
        />
      </SideSection>
    </>
  )
}
