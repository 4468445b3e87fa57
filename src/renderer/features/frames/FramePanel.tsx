import { PencilLine, Trash2 } from 'lucide-react'
import { useState } from 'react'

import type { FrameView } from '../../../shared/domain/referenceFrame.ts'
import { useBlocked } from '../../hooks/useBlocked.ts'
import { ask } from '../../ipc/client.ts'
import { removeFrames } from '../../store/frameActions.ts'
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

export function FramePanel({ chosen }: { readonly chosen: ChosenFrames }) {
  const why = useBlocked()
  const [single] = chosen.views
  const count = chosen.ids.size
  return (
    <SidePanel label="The chosen frames">
      {count === 1 && single !== undefined ? (
        <SingleFrame key={single.id} frame={single} />
      ) : (
        <SeveralFrames ids={[...chosen.ids]} />
      )}
      <div className="panel-actions">
        <UseButton chosen={chosen} />
        <Button
          variant="quiet"
          icon={<Trash2 />}
          why={why}
          onPress={() => {
            void removeFrames([...chosen.ids])
            chosen.clear()
          }}
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
  const answer = await ask('frames.get', { ids: [...ids].slice(0, 2000) })
  if (!answer.ok) return []
  return answer.data.toSorted((a, b) => a.name.localeCompare(b.name, undefined, { numeric: true }))
}

function UseButton({ chosen }: { readonly chosen: ChosenFrames }) {
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

function SingleFrame({ frame }: { readonly frame: FrameView }) {
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
          <TextField label="Name" value={name} onChange={setName} onLeave={keep} onEnter={keep} />
        </div>
      )}
      <FrameTags frames={[frame]} />
      <SideSection title="The file">
        <Facts
          facts={[
            { key: 'size', value: `${frame.width} × ${frame.height}` },
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
