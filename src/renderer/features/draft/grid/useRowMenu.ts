import {
  ArrowDown,
  ArrowDownAZ,
  ArrowDownToLine,
  ArrowDownZA,
  ArrowRightToLine,
  ArrowUp,
  BookOpen,
  Columns3,
  Copy,
  Filter,
  ListOrdered,
  PanelLeft,
  PencilLine,
  Plus,
  Trash2,
} from 'lucide-react'

import { useKeys } from '../../../commands/platform.ts'
import { runCommand } from '../../../commands/registry.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { frozenIn } from '../../../store/draft/layout.ts'
import { rangeOf } from '../../../store/draft/selection.ts'
import { useStore } from '../../../store/store.ts'
import { plural } from '../../../ui/format.ts'
import type { MenuEntry, MenuGroup } from '../../../ui/Menu.tsx'
import {
  addRow,
  duplicateRows,
  fillDown,
  fillRight,
  fillSeries,
  insertRowsAbove,
  moveRows,
  removeRows,
} from '../gridActions.ts'
import {
  focusColumn,
  freezeColumns,
  showAlike,
  showAll,
  sortRows,
  whyNoOtherName,
} from '../gridView.ts'
import { useLayout } from '../useLayout.ts'

/** What can be done to the chosen rows, with the keys that do the same. */
export function useRowMenu(rowCount: number, showColumns: () => void): readonly MenuGroup[] {
  const { top, bottom } = rangeOf(useStore((store) => store.selection))
  const blocked = useBlocked()[0]?.text
  const chosen = Math.min(bottom, rowCount - 1) - top + 1
  const rows = plural(Math.max(1, chosen), 'row')
  const none = chosen < 1 ? 'There is no row here yet.' : undefined
  const single = chosen < 2 ? 'Choose more than one row first.' : undefined
  const entry = (made: MenuEntry): MenuEntry => ({ ...made, why: blocked ?? made.why })
  return [
    { id: 'add', entries: useAddEntries(bottom - top + 1).map(entry) },
    { id: 'change', entries: useChangeEntries({ rows, none, single }).map(entry) },
    { id: 'column', entries: useColumnEntries(showColumns).map(entry) },
    { id: 'move', entries: moveEntries({ top, bottom, rowCount }).map(entry) },
    { id: 'remove', entries: [entry({ ...useRemoveEntry(rows), why: none })] },
  ]
}

interface ChangeWhy {
  /** `3 rows`. */
  readonly rows: string
  readonly none: string | undefined
  readonly single: string | undefined
}

function useChangeEntries({ rows, none, single }: ChangeWhy): readonly MenuEntry[] {
  const keys = {
    copy: useKeys('draft.duplicateRows'),
    down: useKeys('draft.fillDown'),
    right: useKeys('draft.fillRight'),
    series: useKeys('draft.fillSeries'),
  }
  return [
    {
      id: 'copy',
      label: `Duplicate ${rows}`,
      Icon: Copy,
      hint: keys.copy,
      why: none,
      onAction: duplicateRows,
    },
    {
      id: 'fill',
      label: 'Fill down',
      Icon: ArrowDownToLine,
      hint: keys.down,
      why: none,
      onAction: fillDown,
    },
    {
      id: 'right',
      label: 'Fill right',
      Icon: ArrowRightToLine,
      hint: keys.right,
      why: none,
      onAction: fillRight,
    },
    {
      id: 'series',
      label: 'Count on down the range',
      Icon: ListOrdered,
      hint: keys.series,
      why: single,
      onAction: fillSeries,
    },
  ]
}

function useColumnEntries(showColumns: () => void): readonly MenuEntry[] {
  const title = useStore(() => focusColumn()?.title) ?? 'this column'
  const isFiltered = useStore((store) => store.rowFilter !== null)
  const whyNot = useStore(() => whyNoOtherName())
  const rename = useKeys('draft.renameColumn')
  const col = useStore((store) => store.selection.focus.col)
  const isFrozen = frozenIn(useLayout()) === col + 1
  const filter = isFiltered
    ? { id: 'all', label: 'Show all rows', onAction: showAll }
    : { id: 'alike', label: 'Show only rows with this value', onAction: showAlike }
  return [
    {
      id: 'ascending',
      label: `Sort by ${title}, A to Z`,
      Icon: ArrowDownAZ,
      onAction: () => sortRows('ascending'),
    },
    {
      id: 'descending',
      label: `Sort by ${title}, Z to A`,
      Icon: ArrowDownZA,
      onAction: () => sortRows('descending'),
    },
    { ...filter, Icon: Filter },
    {
      id: 'freeze',
      label: isFrozen ? 'Let all columns move' : `Keep columns up to ${title} in view`,
      Icon: PanelLeft,
      onAction: freezeColumns,
    },
    {
      id: 'rename',
      label: `Rename ${title}…`,
      Icon: PencilLine,
      hint: rename,
      why: whyNot,
      onAction: () => runCommand('draft.renameColumn'),
    },
    { id: 'columns', label: 'Columns…', Icon: Columns3, onAction: showColumns },
  ]
}

interface Chosen {
  readonly top: number
  readonly bottom: number
  readonly rowCount: number
}

function moveEntries({ top, bottom, rowCount }: Chosen): readonly MenuEntry[] {
  const isTop = top === 0
  const isBottom = bottom >= rowCount - 1
  return [
    {
      id: 'up',
      label: 'Move up',
      Icon: ArrowUp,
      hint: 'Alt+↑',
      why: isTop ? 'It is the first row.' : undefined,
      onAction: () => moveRows('up'),
    },
    {
      id: 'down',
      label: 'Move down',
      Icon: ArrowDown,
      hint: 'Alt+↓',
      why: isBottom ? 'It is the last row.' : undefined,
      onAction: () => moveRows('down'),
    },
  ]
}

function useAddEntries(count: number): readonly MenuEntry[] {
  const hint = useKeys('draft.addRow')
  const library = useKeys('draft.insert')
  return [
    {
      id: 'above',
      label: count === 1 ? 'Insert a row above' : `Insert ${plural(count, 'row')} above`,
      Icon: Plus,
      onAction: insertRowsAbove,
    },
    { id: 'below', label: 'Insert a row below', Icon: Plus, hint, onAction: addRow },
    {
      id: 'library',
      label: 'Insert from the library…',
      Icon: BookOpen,
      hint: library,
      onAction: () => runCommand('draft.insert'),
    },
  ]
}

function useRemoveEntry(rows: string): MenuEntry {
  const hint = useKeys('draft.removeRows')
  const label = `Remove ${rows}`
  return { id: 'remove', label, Icon: Trash2, hint, isDangerous: true, onAction: removeRows }
}
