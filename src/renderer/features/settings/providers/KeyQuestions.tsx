import { useState } from 'react'

import type { KeyView, ProviderDetails } from '../../../../shared/domain/providerKey.ts'
import { act } from '../../../store/notify.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { plural } from '../../../ui/format.ts'
import { TextField } from '../../../ui/TextField.tsx'

export interface KeyQuestion {
  readonly kind: 'rename' | 'remove'
  readonly key: KeyView
}

interface QuestionProps {
  readonly provider: ProviderDetails
  readonly shown: KeyView
  readonly onClose: () => void
}

export function RenameKey({ provider, shown, onClose }: QuestionProps) {
  const [name, setName] = useState(shown.name)
  const why = name.trim() === '' ? [{ text: 'A key needs a name.' }] : []
  const keep = (): void => {
    if (why.length > 0) return
    onClose()
    void act('The key was not renamed.', 'keys.rename', {
      provider: provider.id,
      id: shown.id,
      name: name.trim(),
    })
  }
  return (
    <Dialog
      title="Rename the key"
      isOpen
      onClose={onClose}
      footer={
        <Button variant="solid" why={why} onPress={keep}>
          Rename
        </Button>
      }
    >
      <TextField label="Name" value={name} onChange={setName} onEnter={keep} autoFocus />
    </Dialog>
  )
}

export function RemoveKey({ provider, shown, onClose }: QuestionProps) {
  const remove = (): void => {
    onClose()
    void act('The key was not removed.', 'keys.remove', { provider: provider.id, id: shown.id })
  }
  return (
    <Dialog
      title={`Remove the key “${shown.name}”?`}
      isOpen
      isQuestion
      onClose={onClose}
      footer={
        <>
          <Button onPress={onClose}>Not now</Button>
          <Button variant="solid" onPress={remove}>
            Remove the key
          </Button>
        </>
      }
    >
      {shown.openJobs > 0 && (
        <p>
          <b>
            {plural(shown.openJobs, 'job')} sent with it {shown.openJobs === 1 ? 'has' : 'have'} not
            ended.
          </b>{' '}
          They are asked about with another key of {provider.name}, which works for one of the same
          account only. If there is none they wait; add this key again and they go on. Nothing is
          sent twice.
        </p>
      )}
      <p>
        It is deleted from this machine. At {provider.name} it stays valid until you revoke it
        there.
      </p>
    </Dialog>
  )
}
