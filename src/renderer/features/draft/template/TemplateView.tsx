import { ChevronDown, ChevronUp } from 'lucide-react'
import { lazy, Suspense } from 'react'

import { emptyRow, type DraftRow } from '../../../../shared/domain/draft.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { atCell } from '../../../store/draft/selection.ts'
import { variablesIn } from '../../../store/draft/variables.ts'
import type { OpenDraft } from '../../../store/draftSlice.ts'
import { useStore } from '../../../store/store.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { changeRow } from '../gridActions.ts'
import { useShown } from '../useShown.ts'
import { InsertPicker } from '../insert/InsertPicker.tsx'
import { ExpandedPrompts } from './ExpandedPrompts.tsx'
import { TemplateOptions } from './TemplateOptions.tsx'
import { TemplateProblems } from './TemplateProblems.tsx'
import './templateView.css'
import { writePrompt } from './templateActions.ts'
import { useExpansion } from './useExpansion.ts'
import { useTemplateInsert } from './useTemplateInsert.ts'
import { VariableFields } from './VariableFields.tsx'
import { VariableSets } from './VariableSets.tsx'

const TemplateEditor = lazy(async () => {
  const { TemplateEditor: Editor } = await import('./TemplateEditor.tsx')
  return { default: Editor }
})

/** Stands for the row below the last until something is typed. */
const UNWRITTEN = emptyRow('row_unwritten', 0)

/** The prompt of one row seen large: its text, the values of its variables, and everything that it makes. */
export function TemplateView({ open }: { readonly open: OpenDraft }) {
  const focus = useStore((store) => store.selection.focus.row)
  const saved = useStore((store) => store.open?.saved)
  const { rows, at } = useShown()
  const row = rows[focus] ?? null
  const isSaved = saved?.options === open.doc.options && saved.defaults === open.doc.defaults
  const { options } = open.doc
  const shown = row ?? UNWRITTEN
  const expansion = useExpansion({ draftId: open.id, row: shown, options, isSaved })
  const isReadOnly = useBlocked().length > 0
  const insert = useTemplateInsert(row, shown.prompt)
  return (
    <div className="template">
      <section className="template-side" aria-label="Template">
        <RowSteps
          row={isReadOnly ? null : row}
          number={(at?.[focus] ?? focus) + 1}
          index={focus}
          count={rows.length}
        />
        <div className="template-text">
          {isReadOnly ? (
            <p className="template-plain selectable">{shown.prompt}</p>
          ) : (
            <Suspense fallback={<p className="panel-hint text-3">Opening the editor…</p>}>
              <TemplateEditor
                key={`${open.id} ${focus}`}
                label={`Template of row ${focus + 1}`}
                text={shown.prompt}
                problems={expansion.preview?.problems ?? NO_PROBLEMS}
                names={namesFor(open, shown, expansion.preview?.lists ?? NO_NAMES)}
                onText={(text) => writePrompt(row, text)}
                onCaret={insert.noteCaret}
              />
            </Suspense>
          )}
        </div>
        <TemplateProblems
          text={shown.prompt}
          problems={expansion.preview?.problems ?? NO_PROBLEMS}
        />
        {!shown.plain && !isReadOnly && <VariableSets row={row} />}
        {row !== null && <VariableFields key={row.id} row={row} />}
        <TemplateOptions open={open} row={row} />
      </section>
      {insert.isAsking && <InsertPicker onChoose={insert.choose} onClose={insert.close} />}
      <ExpandedPrompts open={open} row={shown} expansion={expansion} />
    </div>
  )
}

const NO_PROBLEMS = Object.freeze([])
const NO_NAMES: readonly string[] = Object.freeze([])

function namesFor(open: OpenDraft, row: DraftRow, lists: readonly string[]) {
  return { variables: [...new Set([...open.doc.variables, ...variablesIn(row.prompt)])], lists }
}

interface RowStepsProps {
  /** Null: it cannot be changed, or is not there yet. */
  readonly row: DraftRow | null
  readonly number: number
  readonly index: number
  readonly count: number
}

function RowSteps({ row, number, index, count }: RowStepsProps) {
  const select = useStore((store) => store.select)
  const go = (to: number): void => {
    if (to >= 0 && to <= count) select(atCell({ row: to, col: 0 }))
  }
  return (
    <header className="template-head">
      <h2>{index < count ? `Row ${number}` : 'A new row'}</h2>
      <IconButton icon={<ChevronUp />} label="The row before" onPress={() => go(index - 1)} />
      <IconButton icon={<ChevronDown />} label="The next row" onPress={() => go(index + 1)} />
      <span className="grow" />
      <span className="text-3">
        {'{{variable}} · {a|b} · {2::a|b} · {2$$a|b|c} · __list__ · \\{'}
      </span>
      {row !== null && (
        <Switch
          isOn={row.plain}
          onChange={(plain) => changeRow(row.id, (old) => ({ ...old, plain }))}
        >
          Plain text
        </Switch>
      )}
    </header>
  )
}
