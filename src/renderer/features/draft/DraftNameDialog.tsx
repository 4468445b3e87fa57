import { useState } from 'react'

import type { OpenDraft } from '../../store/draftSlice.ts'
import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/TextField.tsx'

interface DraftNameDialogProps {
  readonly open: OpenDraft
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function DraftNameDialog({ open, isOpen, onClose }: DraftNameDialogProps) {
  return (
    <Dialog title="Rename the draft" isOpen={isOpen} onClose={onClose}>
      <NameForm key={open.id} name={open.doc.name} onClose={onClose} />
    </Dialog>
  )
}

function NameForm({ name, onClose }: { readonly name: string; readonly onClose: () => void }) {
  const editDraft = useStore((store) => store.editDraft)
  const [text, setText] = useState(name)
  const trimmed = text.trim()
  const keep = (): void => {
    if (trimmed === '') return
    editDraft((doc) => ({ ...doc, name: trimmed }))
    onClose()
  }
  const why =
    trimmed === ''
      ? [{ text: 'A draft needs a name: the batch and its folder are called by it.' }]
      : []
  return (
    <div className="name-form">
      <TextField
        label="Name"
        description="The batch, and with it the folder of its takes, is called by this name."
        value={text}
        onChange={setText}
        onEnter={keep}
        autoFocus
      />
      <Button variant="solid" why={why} onPress={keep}>
        Rename
      </Button>
    </div>
  )
}
