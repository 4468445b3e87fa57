import { closeDeleting, deleteForGood, useDeleting } from '../../store/review/deleting.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { formatBytes, plural } from '../../ui/format.ts'

/** Asks before takes are deleted for good: how many, and how much room they take. */
export function DeleteDialog() {
  const wish = useDeleting(({ wish: asked }) => asked)
  if (wish === null) return null
  const { ids, size } = wish
  const takes = plural(size.takes, 'take')
  return (
    <Dialog
      title={ids === null ? 'Empty the trash?' : `Delete ${takes} for good?`}
      isOpen
      isQuestion
      onClose={closeDeleting}
      footer={
        <>
          <Button onPress={closeDeleting}>Keep {size.takes === 1 ? 'it' : 'them'}</Button>
          <Button variant="solid" onPress={() => void deleteForGood(wish)}>
            Delete {takes}
          </Button>
        </>
      }
    >
      <p>
        The files of {takes}, {formatBytes(size.bytes)} of video with their stills, leave the disk.
        This cannot be undone.
      </p>
      <p className="text-2 delete-note">
        What {size.takes === 1 ? 'it' : 'they'} cost, ratings, votes and where each came from stay
        in the books.
      </p>
    </Dialog>
  )
}
