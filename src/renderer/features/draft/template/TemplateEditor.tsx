import { EditorState } from '@codemirror/state'
import { EditorView } from '@codemirror/view'
import { useEffect, useRef } from 'react'

import type { TemplateProblem } from '../../../../shared/template/syntax.ts'
import { editorExtensions, fromOutside, setProblems, type TemplateNames } from './editorSetup.ts'

export interface TemplateEditorProps {
  readonly label: string
  readonly text: string
  readonly problems: readonly TemplateProblem[]
  readonly names: TemplateNames
  readonly onText: (text: string) => void
  readonly onCaret: (range: { readonly from: number; readonly to: number }) => void
}

/**
 * A field for long templates. It lives in a shadow tree: there its styles are sheets of the document's
 * own making, which the page's strict policy allows.
 */
export function TemplateEditor(props: TemplateEditorProps) {
  const { label, text, problems, names, onText, onCaret } = props
  const host = useRef<HTMLDivElement>(null)
  const view = useRef<EditorView | null>(null)
  const latest = useRef({ names, onText, onCaret, text })
  useEffect(() => {
    latest.current = { names, onText, onCaret, text }
  })

  useEffect(() => {
    const box = host.current
    if (box === null) return
    const root = box.shadowRoot ?? box.attachShadow({ mode: 'open' })
    const extensions = editorExtensions({
      label,
      names: () => latest.current.names,
      onText: (changed) => latest.current.onText(changed),
      onCaret: (range) => latest.current.onCaret(range),
    })
    const state = EditorState.create({
      doc: latest.current.text,
      selection: { anchor: latest.current.text.length },
      extensions,
    })
    const made = new EditorView({ state, root, parent: root })
    view.current = made
    made.focus()
    return () => {
      made.destroy()
      view.current = null
    }
  }, [label])

  useEffect(() => {
    const editor = view.current
    const now = editor?.state.doc.toString() ?? ''
    if (editor === null || now === text) return
    const changes = changeBetween(now, text)
    editor.dispatch({
      changes,
      // Typing goes on where the text changed.
      selection: { anchor: changes.from + changes.insert.length },
      annotations: fromOutside.of(true),
    })
  }, [text])

  useEffect(() => {
    view.current?.dispatch({ effects: setProblems.of(problems) })
  }, [problems])

  // What is typed here is text: only keys with Ctrl or Cmd are commands of the app.
  useEffect(() => {
    const box = host.current
    const keep = (event: KeyboardEvent): void => {
      if (!event.ctrlKey && !event.metaKey && !/^F\d/.test(event.key)) event.stopPropagation()
    }
    box?.addEventListener('keydown', keep)
    return () => box?.removeEventListener('keydown', keep)
  }, [])

  return <div ref={host} className="template-editor" />
}

/** What differs, with equal text before and behind it. */
function changeBetween(now: string, next: string) {
  const most = Math.min(now.length, next.length)
  let from = 0
  while (from < most && now[from] === next[from]) from += 1
  let tail = 0
  while (tail < most - from && now.at(-1 - tail) === next.at(-1 - tail)) tail += 1
  return { from, to: now.length - tail, insert: next.slice(from, next.length - tail) }
}
