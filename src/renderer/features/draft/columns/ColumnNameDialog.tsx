import { whyNotNamed, withRenamed } from '../../../store/draft/renamed.ts'
import type { OpenDraft } from '../../../store/draftSlice.ts'
import { useStore } from '../../../store/store.ts'
import { Dialog } from '../../../ui/Dialog.tsx'
import { NameForm } from '../NameForm.tsx'

interface ColumnNameDialogProps {
  readonly open: OpenDraft
  /** The variable whose column it is; null: none is being renamed. */
  readonly variable: string | null
  readonly onClose: () => void
}

export function ColumnNameDialog({ open, variable, onClose }: ColumnNameDialogProps) {
  const editDraft = useStore((store) => store.editDraft)
  const from = variable ?? ''
  return (
    <Dialog title="Rename the column" isOpen={variable !== null} onClose={onClose}>
      <NameForm
        key={from}
        name={from}
        description="Prompts that name it follow."
        whyNot={(to) => whyNotNamed(open.doc, { from, to })}
        onName={(to) => {
          if (to !== from) editDraft((doc) => withRenamed(doc, { from, to }))
          onClose()
        }}
      />
    </Dialog>
  )
}
