import { isLeftOut, type DraftRowId } from '../../../../shared/domain/draft.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { plural } from '../../../ui/format.ts'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { showOnly } from '../gridView.ts'

/** Rows of the open draft that make no job, though they say how one would be made. */
export const leftOut = (): readonly DraftRowId[] =>
  (useStore.getState().open?.doc.rows ?? []).filter(isLeftOut).map(({ id }) => id)

/** `40 rows have no prompt and are left out.` */
export const leftOutWords = (count: number): string =>
  count === 1
    ? '1 row has no prompt and is left out.'
    : `${plural(count, 'row')} have no prompt and are left out.`

interface LeftOutProps {
  /** Puts the question away, to look at the rows. */
  readonly onLeave: () => void
}

/** The draft was saved and checked just before, and nothing edits it under a question. */
export function LeftOut({ onLeave }: LeftOutProps) {
  const ids = leftOut()
  if (ids.length === 0) return null
  const show = (): void => {
    onLeave()
    showOnly(ids, 'no prompt')
  }
  return (
    <p className="run-warning">
      <StatusMark tone="ask" />
      <span className="grow">{leftOutWords(ids.length)}</span>
      <Button variant="link" onPress={show}>
        Show them
      </Button>
    </p>
  )
}
