import type { DraftRow } from '../../../shared/domain/draft.ts'
import { readVariableSet, type PromptView } from '../../../shared/domain/prompt.ts'
import { escapeTemplate } from '../../../shared/template/escape.ts'
import { foldName } from '../../../shared/template/syntax.ts'
import { withoutComments } from '../promptWords.ts'

export type Entry = Pick<PromptView, 'kind' | 'name' | 'text'>

/** A place in a text that is being written. */
export interface Caret {
  readonly text: string
  readonly from: number
  readonly to: number
}

/** What an entry is inside a template: a list by its name, plain text so that it means itself. */
export function wordsOf({ kind, name, text }: Entry, isPlain = false): string {
  if (kind === 'list') return `__${name}__`
  if (isPlain) return text
  return kind === 'prompt' ? escapeTemplate(text) : withoutComments(text).trim()
}

const isWord = (char: string | undefined): boolean =>
  char !== undefined && /[\p{L}\p{N}_}]/u.test(char)

/** Put in at the caret, with a blank where words would run together; the caret stands behind it. */
export function inserted({ text, from, to }: Caret, words: string): Caret {
  const before = isWord(text[from - 1]) ? ' ' : ''
  const after = isWord(text[to]) ? ' ' : ''
  const caret = from + before.length + words.length
  const next = text.slice(0, from) + before + words + after + text.slice(to)
  return { text: next, from: caret, to: caret }
}

/** The prompt of a row out of an entry: a list goes behind what is there, all else takes its place. */
export function withEntry(row: DraftRow, entry: Entry): DraftRow {
  if (entry.kind === 'variables') return withSet(row, readVariableSet(entry.text))
  if (entry.kind === 'list') {
    const end = { text: row.prompt, from: row.prompt.length, to: row.prompt.length }
    return { ...row, plain: false, prompt: inserted(end, wordsOf(entry)).text }
  }
  const plain = entry.kind === 'prompt' && escapeTemplate(entry.text) !== entry.text
  return { ...row, prompt: entry.text, plain }
}

/** Values under the names that the row has already, whatever their case. */
export function withSet(row: DraftRow, values: Readonly<Record<string, string>>): DraftRow {
  const own = new Map(Object.keys(row.variables).map((name) => [foldName(name), name]))
  const variables = { ...row.variables }
  for (const [name, value] of Object.entries(values)) {
    variables[own.get(foldName(name)) ?? name] = value
  }
  return { ...row, variables }
}

/** The columns of a draft, with those of a set that it has not yet. */
export function withNames(known: readonly string[], names: readonly string[]): readonly string[] {
  const folded = new Set(known.map(foldName))
  const added = names.filter((name) => !folded.has(foldName(name)))
  return added.length === 0 ? known : [...known, ...added]
}
