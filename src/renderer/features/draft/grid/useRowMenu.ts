import { ArrowDown, ArrowDownToLine, ArrowUp, Copy, Plus, Trash2 } from 'lucide-react'

import { useKeys } from '../../../commands/platform.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { rangeOf } from '../../../store/draft/selection.ts'
import { useStore } from '../../../store/store.ts'
import { plural } from '../../../ui/format.ts'
import type { MenuEntry, MenuGroup } from '../../../ui/Menu.tsx'
import {
  addRow,
  duplicateRows,
  fillDown,
  insertRowAbove,
  moveRows,
  removeRows,
} from '../gridActions.ts'

/** What can be done to the chosen rows, with the keys that do the same. */
export function useRowMenu(rowCount: number): readonly MenuGroup[] {
  const { top, bottom } = rangeOf(useStore((store) => store.selection))
  const blocked = useBlocked()[0]?.text
  const chosen = Math.min(bottom, rowCount - 1) - top + 1
  const rows = plural(Math.max(1, chosen), 'row')
  const none = chosen < 1 ? 'There is no row here yet.' : undefined
  const single = chosen < 2 ? 'Choose more than one row first.' : undefined
  const entry = (made: MenuEntry): MenuEntry => ({ ...made, why: blocked ?? made.why })
  return [
    { id: 'add', entries: useAddEntries().map(entry) },
    {
      id: 'change',
      entries: [
        entry({
          id: 'copy',
          label: `Duplicate ${rows}`,
          Icon: Copy,
          hint: useKeys('draft.duplicateRows'),
          why: none,
          onAction: duplicateRows,
        }),
        entry({
          id: 'fill',
          label: 'Fill down',
          Icon: ArrowDownToLine,
          hint: useKeys('draft.fillDown'),
          why: single,
          onAction: fillDown,
        }),
      ],
    },
    { id: 'move', entries: moveEntries({ top, bottom, rowCount }).map(entry) },
    { id: 'remove', entries: [entry({ ...useRemoveEntry(rows), why: none })] },
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

function useAddEntries(): readonly MenuEntry[] {
  const hint = useKeys('draft.addRow')
  return [
    { id: 'above', label: 'Insert a row above', Icon: Plus, onAction: insertRowAbove },
    { id: 'below', label: 'Insert a row below', Icon: Plus, hint, onAction: addRow },
  ]
}

function useRemoveEntry(rows: string): MenuEntry {
  const hint = useKeys('draft.removeRows')
  const label = `Remove ${rows}`
  return { id: 'remove', label, Icon: Trash2, hint, isDangerous: true, onAction: removeRows }
}
