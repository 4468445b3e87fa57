import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  completionKeymap,
  type Completion,
  type CompletionContext,
  type CompletionResult,
} from '@codemirror/autocomplete'
import { defaultKeymap } from '@codemirror/commands'
import { Annotation, RangeSetBuilder, StateEffect, StateField } from '@codemirror/state'
import {
  Decoration,
  drawSelection,
  EditorView,
  keymap,
  placeholder,
  ViewPlugin,
  type DecorationSet,
  type ViewUpdate,
} from '@codemirror/view'

import type { TemplateProblem } from '../../../../shared/template/syntax.ts'
import { marksOf } from '../../../../shared/template/marks.ts'
import { opensList } from './opensList.ts'

/** What the editor offers to complete. */
export interface TemplateNames {
  readonly variables: readonly string[]
  readonly lists: readonly string[]
}

/** The text came from elsewhere (undo, another row), not from this editor. */
export const fromOutside = Annotation.define<boolean>()

function decorated(view: EditorView): DecorationSet {
  const builder = new RangeSetBuilder<Decoration>()
  for (const { from, to, kind } of marksOf(view.state.doc.toString())) {
    builder.add(from, to, Decoration.mark({ class: `mark-${kind}` }))
  }
  return builder.finish()
}

/** Colours of the grammar. A template has at most 100,000 characters, read in one pass. */
const colours = ViewPlugin.fromClass(
  class {
    decorations: DecorationSet
    constructor(view: EditorView) {
      this.decorations = decorated(view)
    }
    update(update: ViewUpdate): void {
      if (update.docChanged) this.decorations = decorated(update.view)
    }
  },
  { decorations: ({ decorations }) => decorations },
)

export const setProblems = StateEffect.define<readonly TemplateProblem[]>()

/** Problems underlined where they stand, moving with the text until they are told anew. */
const problems = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(before, transaction) {
    const told = transaction.effects.find((effect) => effect.is(setProblems))
    if (told === undefined) return before.map(transaction.changes)
    const { length } = transaction.newDoc
    const marks = told.value.flatMap((problem: TemplateProblem) => {
      const from = Math.min(problem.offset, Math.max(0, length - 1))
      const to = Math.min(length, problem.offset + Math.max(1, problem.length))
      const title = `${problem.message} ${problem.mend}`
      return to > from
        ? [Decoration.mark({ class: 'mark-problem', attributes: { title } }).range(from, to)]
        : []
    })
    return Decoration.set(marks, true)
  },
  provide: (field) => EditorView.decorations.from(field),
})

/** Writes the name and what closes it, which may be there already. */
const closed =
  (end: string) =>
  // oxlint-disable-next-line max-params -- the editor's own signature
  (view: EditorView, { label }: Completion, from: number, to: number): void => {
    const isClosed = view.state.sliceDoc(to, to + end.length) === end
    view.dispatch({
      changes: { from, to, insert: isClosed ? label : label + end },
      selection: { anchor: from + label.length + end.length },
    })
  }

function completions(names: () => TemplateNames) {
  return (context: CompletionContext): CompletionResult | null => {
    const variable = context.matchBefore(/\{\{[^{}|\\\n]*/)
    if (variable !== null) {
      const options = names().variables.map((label) => ({ label, apply: closed('}}') }))
      return { from: variable.from + 2, options, validFor: /^[^{}|\\\n]*$/ }
    }
    const list = context.matchBefore(/__[\p{L}\p{N} ./-]*/u)
    const isOpen = list !== null && opensList(context.state.sliceDoc(0, list.from + 2))
    if (list !== null && isOpen) {
      const options = names().lists.map((label) => ({ label, apply: closed('__') }))
      return { from: list.from + 2, options, validFor: /^[\p{L}\p{N}\p{M} ./_-]*$/u }
    }
    if (!context.explicit) return null
    const { variables, lists } = names()
    const all = [...variables.map((name) => `{{${name}}}`), ...lists.map((name) => `__${name}__`)]
    const word = context.matchBefore(/\S*/)
    return { from: word?.to ?? 0, options: all.map((label) => ({ label })) }
  }
}

/** Its look is made of the app's tokens, which reach into the shadow tree that it lives in. */
const look = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', fontSize: 'var(--t3)', background: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--font)', lineHeight: '1.7', overflow: 'auto' },
  '.cm-content': { padding: '14px 16px', caretColor: 'var(--text)' },
  '.cm-line': { padding: '0' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-placeholder': { color: 'var(--text-3)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground':
    { background: 'var(--select)' },
  '.mark-variable': { color: 'var(--run)' },
  '.mark-list': { color: 'var(--done)' },
  '.mark-choice': { color: 'var(--ask)', fontWeight: '600' },
  '.mark-number': { color: 'var(--ask)' },
  '.mark-escape': { color: 'var(--text-3)' },
  '.mark-comment': { color: 'var(--text-3)', fontStyle: 'italic' },
  '.mark-problem': {
    textDecoration: 'underline wavy var(--fail)',
    textUnderlineOffset: '4px',
    textDecorationSkipInk: 'none',
  },
  '.cm-tooltip': {
    border: '1px solid var(--line-strong)',
    borderRadius: 'var(--r2)',
    background: 'var(--raised)',
    boxShadow: 'var(--shadow)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--font)',
    maxHeight: '220px',
    scrollbarWidth: 'thin',
    scrollbarColor: 'var(--line-strong) transparent',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '4px 12px', color: 'var(--text)' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li[aria-selected]': {
    background: 'var(--select)',
    color: 'var(--text)',
  },
})

export interface EditorWishes {
  readonly label: string
  readonly names: () => TemplateNames
  readonly onText: (text: string) => void
  /** Where typing would go on, or what is chosen. */
  readonly onCaret: (range: { readonly from: number; readonly to: number }) => void
}

/** Everything of the template editor but its undo: that is the draft's. */
export const editorExtensions = ({ label, names, onText, onCaret }: EditorWishes) => [
  colours,
  problems,
  look,
  drawSelection(),
  closeBrackets(),
  autocompletion({ override: [completions(names)], icons: false }),
  keymap.of([{ key: 'Tab', run: acceptCompletion }, ...completionKeymap, ...defaultKeymap]),
  placeholder('A {{animal}} crosses {a wet street|a quiet bridge} at __light__'),
  EditorView.lineWrapping,
  EditorView.contentAttributes.of({ 'aria-label': label, spellcheck: 'true' }),
  EditorView.updateListener.of((update) => {
    const isOutside = update.transactions.some((one) => one.annotation(fromOutside) === true)
    if (update.docChanged && !isOutside) onText(update.state.doc.toString())
    if (update.docChanged || update.selectionSet) onCaret(update.state.selection.main)
  }),
]
