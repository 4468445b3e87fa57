import { useState } from 'react'

import { act } from '../../store/notify.ts'
import { useStore } from '../../store/store.ts'
import { askForUpdate } from '../../store/updates.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'

/** Where a newer version is asked for, and only when the person asks. */
export function UpdateFeed() {
  const feedUrl = useStore((store) => store.settings?.updates.feedUrl ?? null)
  const settingsArrived = useStore((store) => store.settingsArrived)
  // Null: as it is set; what is typed stays until it is kept.
  const [typed, setTyped] = useState<string | null>(null)
  const [error, setError] = useState<string | undefined>()
  const text = typed ?? feedUrl ?? ''
  const keep = async (): Promise<void> => {
    if (text.trim() === (feedUrl ?? '')) return
    const url = text.trim() || null
    // Told at the lower edge, too: the field may be gone with its screen.
    const answer = await act('The update feed was not set.', 'settings.setUpdateFeed', { url })
    if (!answer.ok) return setError(answer.error.message)
    settingsArrived(answer.data)
    setTyped(null)
  }
  return (
    <div className="setting">
      <div className="setting-words">
        <TextField
          label="Update feed"
          value={text}
          placeholder="No feed: nothing is asked"
          error={error}
          description="The address of a folder of installers, where there is one. It is asked for its newest version when you say so, never by itself; nothing is installed."
          onChange={(next) => {
            setTyped(next)
            setError(undefined)
          }}
          onEnter={() => void keep()}
          onLeave={() => void keep()}
        />
      </div>
      {feedUrl !== null && <Button onPress={() => void askForUpdate()}>Ask now</Button>}
    </div>
  )
}
