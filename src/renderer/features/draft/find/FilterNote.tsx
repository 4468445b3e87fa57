import { Filter } from 'lucide-react'

import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatCount } from '../../../ui/format.ts'
import { showAll } from '../gridView.ts'
import { useShown } from '../useShown.ts'

/** Says that rows are hidden, and how to have them back: nobody shall believe that they are gone. */
export function FilterNote() {
  const filter = useStore((store) => store.rowFilter)
  const all = useStore((store) => store.open?.doc.rows.length ?? 0)
  const shown = useShown().rows.length
  if (filter === null) return null
  return (
    <output className="draft-note">
      <Filter aria-hidden="true" width={14} height={14} />
      <span>
        <b>{formatCount(shown)}</b> of {formatCount(all)} rows: {filter.words}
      </span>
      <Button variant="link" onPress={showAll}>
        Show all rows
      </Button>
      <span className="text-3">All of them run; edits change only those that are shown.</span>
    </output>
  )
}
