import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'
import { StatusMark } from '../../ui/StatusMark.tsx'

/** Why the last key is not safe yet, in all its words, on a line of its own: the bar has no room for them. */
export function UnsavedNote() {
  const saveState = useStore((store) => store.saveState)
  const saveDraft = useStore((store) => store.saveDraft)
  if (saveState.kind !== 'failed') return null
  return (
    <div role="alert" className="draft-note">
      <StatusMark tone="fail" />
      <span className="selectable">Not saved: {saveState.message}</span>
      <Button variant="link" onPress={() => void saveDraft()}>
        Try again
      </Button>
    </div>
  )
}
