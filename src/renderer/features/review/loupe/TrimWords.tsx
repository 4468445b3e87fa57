import { useEffect, useState } from 'react'

import type { ClipView } from '../../../../shared/domain/clip.ts'
import type { PlannedExport } from '../../../../shared/domain/export.ts'
import type { TakeId } from '../../../../shared/domain/ids.ts'
import { useKeys } from '../../../commands/platform.ts'
import { runCommand } from '../../../commands/registry.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { ask } from '../../../ipc/client.ts'
import { useExports } from '../../../store/exportStore.ts'
import { Button } from '../../../ui/Button.tsx'
import { Chip } from '../../../ui/Chip.tsx'
import { formatSeconds, plural } from '../../../ui/format.ts'
import { SideSection } from '../../../ui/SidePanel.tsx'
import { TextField } from '../../../ui/TextField.tsx'
import { usePlayer } from '../player/player.ts'
import { nameClip, showClip, useClips } from './useMarks.ts'

/** The clips of a take: how long the shown one is, and what an export would do to it. */
export function TrimWords({ takeId }: { readonly takeId: TakeId }) {
  const { clips, at } = useClips()
  const marks = usePlayer((player) => player.marks)
  const startOf = usePlayer((player) => player.frames.startOf)
  if (clips.length === 0 && marks === null) return null
  const clip = clips[at]
  return (
    <SideSection title={clips.length > 1 ? `Clips, ${clips.length}` : 'Clip'}>
      <div className="loupe-trim">
        <ClipChips />
        {marks === null ? (
          <p className="text-2">I and O mark where it begins and ends.</p>
        ) : (
          <p>
            {formatSeconds(startOf(marks.in))} to {formatSeconds(startOf(marks.out))},{' '}
            {plural(marks.out - marks.in, 'frame')}.
          </p>
        )}
        <Method takeId={takeId} />
        {clip !== undefined && <ClipName key={clip.id} clip={clip} />}
      </div>
    </SideSection>
  )
}

/** One for each clip, and one more for the next. */
function ClipChips() {
  const { clips, at } = useClips()
  const why = useBlocked()
  const newKey = useKeys('review.newClip')
  return (
    <div className="loupe-clips">
      {clips.map(({ id, name }, place) => (
        <Chip key={id} isOn={place === at} onChange={() => showClip(place)}>
          {name === '' ? place + 1 : name}
        </Chip>
      ))}
      {clips.length > 0 && (
        <Button
          variant="quiet"
          why={why}
          hint={newKey}
          onPress={() => runCommand('review.newClip')}
        >
          Another
        </Button>
      )}
    </div>
  )
}

function ClipName({ clip }: { readonly clip: ClipView }) {
  const [name, setName] = useState(clip.name)
  const isReadOnly = useBlocked().length > 0
  if (isReadOnly) return null
  const keep = (): void => {
    if (name.trim() !== clip.name) void nameClip(clip.takeId, name.trim())
  }
  return (
    <TextField
      label="Name, for files and lists"
      value={name}
      placeholder="the prompt"
      onChange={setName}
      onLeave={keep}
      isLeftWhenTaken
      onEnter={keep}
    />
  )
}

/** What an export does to it, as that is set now, and the other way. */
function Method({ takeId }: { readonly takeId: TakeId }) {
  const trim = useExports((store) => store.settings.trim)
  const set = useExports((store) => store.set)
  const planned = usePlanned(takeId)
  if (planned === null) return null
  return (
    <>
      <p className="text-2">{planned.words}</p>
      {planned.method === 'instant' && (
        <Button variant="quiet" onPress={() => set({ trim: 'exact' })}>
          Re-encode instead
        </Button>
      )}
      {trim === 'exact' && (
        <Button variant="quiet" onPress={() => set({ trim: 'auto' })}>
          Instant where that is possible
        </Button>
      )}
    </>
  )
}

/** Handles are dragged faster than main reads files. */
const SETTLE_MS = 150

/** What would become of the clip as the export is set now; null while it is asked. */
function usePlanned(takeId: TakeId): PlannedExport | null {
  const marks = usePlayer((player) => player.marks)
  const settings = useExports((store) => store.settings)
  const [planned, setPlanned] = useState<PlannedExport | null>(null)
  useEffect(() => {
    let isGone = false
    const timer = setTimeout(() => {
      if (marks === null) return setPlanned(null)
      const item = { takeId, inFrame: marks.in, outFrame: marks.out, name: '' }
      void ask('exports.plan', { items: [item], settings }).then((answer) => {
        if (!isGone) setPlanned((answer.ok ? answer.data.files[0] : undefined) ?? null)
      })
    }, SETTLE_MS)
    return () => {
      isGone = true
      clearTimeout(timer)
    }
  }, [takeId, marks, settings])
  return planned
}
