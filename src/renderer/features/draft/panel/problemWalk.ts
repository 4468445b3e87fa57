import type { DraftProblem } from '../../../../shared/domain/draftCheck.ts'
import { columnOfProblem } from '../../../store/draft/columns.ts'
import { ofKind } from '../../../store/draft/problems.ts'
import { useStore } from '../../../store/store.ts'
import { chooseRow, columns, rows } from '../gridActions.ts'

/** Goes to the next or previous problem of those listed, in reading order, around the end. */
export function goToProblem(step: 1 | -1): void {
  const { check, open, problemKind, selection } = useStore.getState()
  if (check === null || open === null) return
  const numbers = new Map(open.doc.rows.map(({ id }, index) => [id, index]))
  const shown = columns()
  const rank = ({ rowId, column }: DraftProblem): number =>
    (rowId === null ? -1 : (numbers.get(rowId) ?? -1)) * 1000 + columnOfProblem(shown, column)
  const ranked = ofKind(check.problems, problemKind)
    .filter(({ rowId }) => rowId !== null && numbers.has(rowId))
    .map((problem) => ({ problem, place: rank(problem) }))
    .toSorted((a, b) => step * (a.place - b.place))
  const focusId = rows()[selection.focus.row]?.id
  const here = (numbers.get(focusId ?? 'row_') ?? -1) * 1000 + selection.focus.col
  const next = ranked.find(({ place }) => step * (place - here) > 0) ?? ranked[0]
  if (next !== undefined) chooseRow(next.problem.rowId, next.problem.column)
}
