import type { OpenDraft } from '../../store/draftSlice.ts'
import { useStore } from '../../store/store.ts'
import { Dialog } from '../../ui/Dialog.tsx'
import { NameForm } from './NameForm.tsx'

interface DraftNameDialogProps {
  readonly open: OpenDraft
  readonly isOpen: boolean
  readonly onClose: () => void
}

export function DraftNameDialog({ open, isOpen, onClose }: DraftNameDialogProps) {
  const editDraft = useStore((store) => store.editDraft)
  return (
    <Dialog title="Rename the draft" isOpen={isOpen} onClose={onClose}>
      <NameForm
        key={open.id}
        name={open.doc.name}
        description="The batch, and with it the folder of its takes, is called by this name."
        whyNot={(name) =>
          name === '' ? 'A draft needs a name: the batch and its folder are called by it.' : null
        }
        onName={(name) => {
          editDraft((doc) => ({ ...doc, name }))
          onClose()
        }}
      />
    </Dialog>
  )
}
