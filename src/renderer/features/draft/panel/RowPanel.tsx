import type { OpenDraft } from '../../../store/draftSlice.ts'
import { useStore } from '../../../store/store.ts'
import { SidePanel } from '../../../ui/SidePanel.tsx'
import { useShown } from '../useShown.ts'
import { DraftTotals } from './DraftTotals.tsx'
import { AddKeyCard } from './AddKeyCard.tsx'
import { ProblemList } from './ProblemList.tsx'
import { RowFields } from './RowFields.tsx'
import { RowHead } from './RowHead.tsx'
import { WirePreviews } from './WirePreviews.tsx'

/** The row that has the focus: what it is, what will be sent, what it costs, what is wrong. */
export function RowPanel({ open }: { readonly open: OpenDraft }) {
  const focusRow = useStore((store) => store.selection.focus.row)
  const { rows, at } = useShown()
  const row = rows[focusRow] ?? null
  return (
    <SidePanel label="Details of the row">
      {row === null ? (
        <p className="panel-hint text-2">
          Type a prompt in the last row, paste rows from a spreadsheet, or drop pictures to give
          rows a first frame.
        </p>
      ) : (
        <>
          <RowHead row={row} number={(at?.[focusRow] ?? focusRow) + 1} />
          <WirePreviews draftId={open.id} row={row} />
        </>
      )}
      <ProblemList />
      <DraftTotals />
      <AddKeyCard />
      {row !== null && <RowFields key={row.id} row={row} />}
    </SidePanel>
  )
}
