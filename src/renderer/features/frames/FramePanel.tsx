import { PencilLine, Trash2 } from 'lucide-react'
import { useState } from 'react'

import type { FrameView } from '../../../shared/domain/referenceFrame.ts'
import { useBlocked } from '../../hooks/useBlocked.ts'
import { frameFull } from '../../ipc/media.ts'
import { addRows } from '../../store/draftRows.ts'
import { removeFrames } from '../../store/frameActions.ts'
import { act, notify } from '../../store/notify.ts'
import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'
import { formatBytes, formatDay, plural } from '../../ui/format.ts'
import { Facts, SidePanel, SideSection } from '../../ui/SidePanel.tsx'
import { TextField } from '../../ui/TextField.tsx'
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
        <p className="panel-hint">
          <b>{plural(count, 'frame')}</b> chosen
        </p>
      )}
      <div className="panel-actions">
        <Button icon={<PencilLine />} why={why} onPress={() => void toDraft(chosen)}>
          Use in Draft
        </Button>
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

/** One new row for each frame. */
async function toDraft({ ids }: ChosenFrames): Promise<void> {
  const name = await addRows([...ids].map((firstFrame) => ({ firstFrame })))
  if (name === null) return
  notify({
    text: `${plural(ids.size, 'new row', 'new rows')} in “${name}”.`,
    tone: 'done',
    action: { label: 'Go to Draft', run: () => useStore.getState().go('draft') },
  })
}

function SingleFrame({ frame }: { readonly frame: FrameView }) {
  const isReadOnly = useBlocked().length > 0
  const [name, setName] = useState(frame.name)
  const [tags, setTags] = useState(frame.tags.join(', '))
  const keep = (): void => {
    const list = [...new Set(tags.split(',').map((tag) => tag.trim()))].filter((tag) => tag !== '')
    const trimmed = name.trim()
    if (trimmed === '') return setName(frame.name)
    if (trimmed === frame.name && list.join() === frame.tags.join()) return
    void act('The frame was not changed.', 'frames.update', {
      ids: [frame.id],
      patch: { name: trimmed, tags: list },
    })
  }
  return (
    <>
      <img className="frame-large" src={frameFull(frame.id)} alt={frame.name} />
      {!isReadOnly && (
        <div className="panel-fields">
          <TextField label="Name" value={name} onChange={setName} onLeave={keep} onEnter={keep} />
          <TextField
            label="Tags"
            value={tags}
            placeholder="night, product"
            onChange={setTags}
            onLeave={keep}
            onEnter={keep}
          />
        </div>
      )}
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
