import { useCommands } from '../../commands/useCommands.ts'
import { useStore } from '../../store/store.ts'
import type { Reason } from '../../ui/Button.tsx'
import type { DraftFace } from './DraftBar.tsx'
import {
  addRow,
  duplicateRows,
  fillDown,
  fillRight,
  fillSeries,
  removeRows,
} from './gridActions.ts'
import {
  freezeColumns,
  moveFocusColumn,
  showAlike,
  showAll,
  sortRows,
  whyNoOtherName,
} from './gridView.ts'
import { pairFolder } from './pair/pairing.ts'
import { goToProblem } from './panel/problemWalk.ts'

interface GridCommands {
  readonly blocked: readonly Reason[]
  readonly face: DraftFace
  /** Between rows and template. */
  readonly turn: () => void
  readonly find: () => void
  readonly showColumns: () => void
  readonly renameColumn: () => void
}

/** What the table of commands does to the rows, from keys, menu and palette alike. */
export function useGridCommands(wish: GridCommands): void {
  const { blocked, face, turn, find, showColumns, renameColumn } = wish
  const undoDraft = useStore((store) => store.undoDraft)
  const redoDraft = useStore((store) => store.redoDraft)
  const inRows: readonly Reason[] =
    face === 'rows' ? [] : [{ text: 'This works in the rows.', go: turn }]
  const why = () => [...blocked, ...inRows]
  const noFilter = (): readonly Reason[] =>
    useStore.getState().rowFilter === null ? [{ text: 'No row is hidden.' }] : []
  const noVariable = (): readonly Reason[] => {
    const text = whyNoOtherName()
    return text === undefined ? [] : [{ text }]
  }
  const noProblem = (): readonly Reason[] =>
    (useStore.getState().check?.problemCount ?? 0) === 0
      ? [{ text: 'The draft has no problem.' }]
      : []
  useCommands({
    'edit.undo': { run: undoDraft, why: () => blocked },
    'edit.redo': { run: redoDraft, why: () => blocked },
    'draft.template': { run: turn },
    'draft.addRow': { run: addRow, why },
    'draft.removeRows': { run: removeRows, why },
    'draft.duplicateRows': { run: duplicateRows, why },
    'draft.fillDown': { run: fillDown, why },
    'draft.fillRight': { run: fillRight, why },
    'draft.fillSeries': { run: fillSeries, why },
    'draft.sortAscending': { run: () => sortRows('ascending'), why },
    'draft.sortDescending': { run: () => sortRows('descending'), why },
    'draft.find': { run: find, why: () => inRows },
    'draft.showAlike': { run: showAlike, why: () => inRows },
    'draft.showAll': { run: showAll, why: noFilter },
    'draft.pairFolder': { run: () => void pairFolder(), why },
    'draft.columns': { run: showColumns, why: () => blocked },
    'draft.renameColumn': { run: renameColumn, why: () => [...why(), ...noVariable()] },
    'draft.columnLeft': { run: () => moveFocusColumn(-1), why },
    'draft.columnRight': { run: () => moveFocusColumn(1), why },
    'draft.freeze': { run: freezeColumns, why },
    'draft.nextProblem': { run: () => goToProblem(1), why: noProblem },
    'draft.previousProblem': { run: () => goToProblem(-1), why: noProblem },
  })
}
