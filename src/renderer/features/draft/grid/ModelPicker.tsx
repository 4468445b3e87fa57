import { useRef, useState } from 'react'
import { Autocomplete, Dialog, ListBox, Popover, type Selection } from 'react-aria-components'

import type { ModelChoice } from '../../../../shared/domain/draft.ts'
import type { ModelStats } from '../../../../shared/ipc/reports.ts'
import { useAnswer } from '../../../hooks/useAnswer.ts'
import type { Cell } from '../../../store/draft/selection.ts'
import { useStore } from '../../../store/store.ts'
import { FilterField } from '../../../ui/FilterField.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { useWordFilter } from '../../../ui/useWordFilter.ts'
import { chooseModels } from '../gridActions.ts'
import { useShownRow } from '../useShown.ts'
import { cellId } from './GridRow.tsx'
import { ModelItem } from './ModelItem.tsx'
import { choiceKey, choiceOfKey, entriesOf, keysOf } from './modelEntries.ts'
import './pickers.css'

interface ModelPickerProps {
  readonly cell: Cell
  readonly onClose: () => void
}

const NONE: readonly ModelChoice[] = Object.freeze([])
const NO_STATS: readonly ModelStats[] = Object.freeze([])

/** One choice closes it; switched to several, each chosen model is a job of its own. */
export function ModelPicker({ cell, onClose }: ModelPickerProps) {
  const anchor = useRef<Element | null>(null)
  anchor.current ??= document.getElementById(cellId(cell.row, cell.col))
  return (
    <Popover
      className="popover model-picker"
      triggerRef={anchor}
      placement="bottom start"
      isOpen
      onOpenChange={(isOpen) => {
        if (!isOpen) onClose()
      }}
    >
      <Dialog aria-label="Choose a model">
        <ModelChooser row={cell.row} onClose={onClose} />
      </Dialog>
    </Popover>
  )
}

function ModelChooser({ row, onClose }: { readonly row: number; readonly onClose: () => void }) {
  const models = useStore((store) => store.models)
  const chosen = useShownRow(row)?.models ?? NONE
  const [isSeveral, setSeveral] = useState(chosen.length > 1)
  const hasWords = useWordFilter()
  const providers = useStore((store) => store.providers)
  const entries = entriesOf(models, { providers, stats: useOwnStats() })

  const choose = (keys: Selection): void => {
    if (keys === 'all') return
    const picked = [...keys].map((key) => choiceOfKey(String(key)))
    const added = picked.filter((choice) => !keysOf(chosen, models).has(choiceKey(choice)))
    chooseModels(isSeveral ? picked : added.length > 0 ? added : picked)
    if (!isSeveral) onClose()
  }

  return (
    <Autocomplete filter={hasWords}>
      <FilterField label="Search models" placeholder="Search models, makers, providers" />
      <ListBox
        className="list picker-list"
        aria-label="Models"
        items={entries}
        selectionMode="multiple"
        // Esc leaves the picker; it must not empty the cell.
        escapeKeyBehavior="none"
        selectedKeys={keysOf(chosen, models)}
        disabledKeys={entries.filter(({ isRetired }) => isRetired).map(({ id }) => id)}
        onSelectionChange={choose}
        renderEmptyState={() => <p className="list-empty">No model has these words.</p>}
      >
        {(entry) => <ModelItem entry={entry} />}
      </ListBox>
      <footer className="picker-foot">
        <Switch isOn={isSeveral} onChange={setSeveral}>
          Several models, one job each
        </Switch>
      </footer>
    </Autocomplete>
  )
}

/** Of one's own takes; the picker opens without waiting for them. */
function useOwnStats(): readonly ModelStats[] {
  return useAnswer('insights.models', {}) ?? NO_STATS
}
