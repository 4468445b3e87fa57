import { useEffect, useLayoutEffect, useRef, useState, type KeyboardEvent } from 'react'

import type { DraftRow } from '../../../../shared/domain/draft.ts'
import type { ModelOption } from '../../../../shared/domain/modelOption.ts'
import { isCommand } from '../../../commands/platform.ts'
import type { GridColumn } from '../../../store/draft/columns.ts'
import { useGridEditing } from './editing.ts'
import type { EditingCell } from './GridRow.tsx'
import { hintsFor, nextHint } from './hints.ts'

interface CellEditorProps {
  readonly column: GridColumn
  readonly row: DraftRow | null
  readonly models: readonly ModelOption[]
  readonly editing: EditingCell
}

/** Typing pauses this long before it is kept. */
const KEEP_MS = 250

/** Grows with its text. Enter and Tab keep it, Esc leaves the cell as it was. */
export function CellEditor({ column, row, models, editing }: CellEditorProps) {
  const grid = useGridEditing()
  const [text, setText] = useState(editing.text)
  const field = useRef<HTMLTextAreaElement>(null)
  const isDone = useRef(false)
  const hints = hintsFor(column.id, row, models)

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

  // A long prompt is kept and checked while it is typed; Esc puts back what was there.
  const original = row === null ? '' : column.read(row)
  const wasKept = useRef<string | null>(null)
  const [first] = useState(original)
  const isLive = column.kind === 'prompt'
  useEffect(() => {
    if (!isLive || text === editing.text) return
    const timer = setTimeout(() => {
      if (isDone.current) return
      wasKept.current = text
      grid.keep(text)
    }, KEEP_MS)
    return () => clearTimeout(timer)
    // oxlint-disable-next-line react-hooks/exhaustive-deps -- the grid is another object at each render, and always does the same
  }, [text, isLive, editing.text])

  const commit: typeof grid.commit = (value, how) => {
    isDone.current = true
    grid.commit(value, how)
  }

  const pressed = (event: KeyboardEvent<HTMLTextAreaElement>): void => {
    event.stopPropagation()
    if (event.nativeEvent.isComposing) return
    const isNewline = event.shiftKey || event.altKey
    if (event.key === 'Escape') {
      isDone.current = true
      grid.cancel(wasKept.current === null ? undefined : first)
    } else if (isCommand('draft.insert', event.nativeEvent)) {
      const { selectionStart: from, selectionEnd: to } = event.currentTarget
      isDone.current = true
      grid.insert({ text, from, to })
    } else if (event.key === 'Enter' && !isNewline) {
      const isAll = event.ctrlKey || event.metaKey
      commit(text, { go: isAll ? 'stay' : 'down', isAll })
    } else if (event.key === 'Tab') {
      commit(text, { go: event.shiftKey ? 'left' : 'right' })
    } else if (hints.length > 0 && (event.key === 'ArrowDown' || event.key === 'ArrowUp')) {
      setText(nextHint(hints, text, event.key === 'ArrowDown' ? 1 : -1))
    } else return
    event.preventDefault()
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
