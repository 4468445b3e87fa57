import {
  useEffect,
  useEffectEvent,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
} from 'react'

import type { DraftRow } from '../../../../shared/domain/draft.ts'
import type { ModelOption } from '../../../../shared/domain/modelOption.ts'
import { isCommand } from '../../../commands/platform.ts'
import { leavesField } from '../../../commands/useCommandKeys.ts'
import type { GridColumn } from '../../../store/draft/columns.ts'
import { useGridEditing } from './editing.ts'
import { editorAct } from './editorKeys.ts'
import type { EditingCell } from './GridRow.tsx'
import { hintsFor, nextHint } from './hints.ts'

interface CellEditorProps {
  readonly column: GridColumn
  readonly row: DraftRow | null
  readonly models: readonly ModelOption[]
  readonly editing: EditingCell
}

/** What is typed is kept this often, also while typing never pauses. */
const KEEP_MS = 200

/**
 * Grows with its text. Enter and Tab keep it, Esc leaves the cell as it was. A value that is typed over
 * another is kept by arrows too; prompts are long, so there arrows go through the text.
 */
export function CellEditor({ column, row, models, editing }: CellEditorProps) {
  const grid = useGridEditing()
  const [text, setText] = useState(editing.text)
  const field = useRef<HTMLTextAreaElement>(null)
  const isDone = useRef(false)
  const hints = hintsFor(column.id, row, models)
  const isLong = column.kind === 'prompt' || column.id === 'negativePrompt'

  useLayoutEffect(() => {
    const area = field.current
    if (area === null) return
    area.focus({ preventScroll: true })
    const at = editing.caret ?? area.value.length
    if (editing.isReplacing) area.setSelectionRange(at, at)
    else area.select()
  }, [editing.isReplacing, editing.caret])

  useLayoutEffect(() => {
    const area = field.current
    if (area === null) return
    area.style.height = '0'
    area.style.height = `${area.scrollHeight}px`
  })

  // It is kept and checked while it is typed; Esc puts back what was there.
  const original = row === null ? '' : column.read(row)
  const wasKept = useRef<string | null>(null)
  const [first] = useState(original)
  const latest = useRef(text)
  const due = useRef<ReturnType<typeof setTimeout> | null>(null)
  const keepNow = useEffectEvent(() => {
    due.current = null
    if (isDone.current) return
    wasKept.current = latest.current
    grid.keep(latest.current)
  })
  useEffect(() => {
    latest.current = text
    if (text === (wasKept.current ?? editing.text) || due.current !== null) return
    due.current = setTimeout(() => keepNow(), KEEP_MS)
  }, [text, editing.text])
  // One that goes without a blur, as with its screen, keeps the rest at once: later another cell may be open.
  useEffect(
    () => () => {
      if (due.current === null) return
      clearTimeout(due.current)
      keepNow()
    },
    [],
  )

  const isOver = useRef(editing.isReplacing && editing.caret === undefined && !isLong)
  const commit: typeof grid.commit = (value, how) => {
    isDone.current = true
    grid.commit(value, how)
  }

  const pressed = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    const { nativeEvent: press } = event
    const act = editorAct(press, { isOver: isOver.current, hasHints: hints.length > 0 })
    if (act?.kind === 'compose') return
    if (act === null && isCommand('draft.insert', press)) {
      const { selectionStart: from, selectionEnd: to } = event.currentTarget
      isDone.current = true
      grid.insert({ text, from, to })
    } else if (act === null) {
      // Find, run and the like work on what is typed up to here, and give the keys back to the grid.
      if (leavesField(press)) commit(text, { go: 'stay' })
      return
    } else if (act.kind === 'cancel') {
      isDone.current = true
      grid.cancel(wasKept.current === null ? undefined : first)
    } else if (act.kind === 'commit') commit(text, act)
    else if (act.kind === 'edit') isOver.current = false
    else setText(nextHint(hints, text, act.step))
    event.preventDefault()
    event.stopPropagation()
  }

  return (
    <div className="cell-editor">
      <textarea
        ref={field}
        aria-label={column.title}
        value={text}
        spellCheck={column.kind === 'prompt'}
        rows={1}
        onChange={(event) => setText(event.target.value)}
        onKeyDown={pressed}
        onPointerDown={() => (isOver.current = false)}
        onBlur={({ relatedTarget }) => {
          if (!isDone.current) commit(text, { go: relatedTarget === null ? 'stay' : 'away' })
        }}
      />
      {hints.length > 0 && (
        <ul className="cell-hints" aria-label="Values that the model takes">
          {hints.map((hint) => (
            <li key={hint}>
              <button
                type="button"
                tabIndex={-1}
                data-here={hint === text ? '' : undefined}
                onPointerDown={(event) => {
                  event.preventDefault()
                  commit(hint, { go: 'stay' })
                }}
              >
                {hint}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}
