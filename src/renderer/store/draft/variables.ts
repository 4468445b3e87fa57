import type { DraftRow } from '../../../shared/domain/draft.ts'
import { parseTemplate } from '../../../shared/template/parse.ts'
import { foldName, type TemplateNode } from '../../../shared/template/syntax.ts'

const NONE: readonly string[] = Object.freeze([])
const namesByPrompt = new Map<string, readonly string[]>()
/** Prompts seen lately; typing makes many that are never seen again. */
const MEMORY = 20_000

function collect(nodes: readonly TemplateNode[], into: Set<string>): void {
  for (const node of nodes) {
    if (typeof node === 'string') continue
    if (node.kind === 'variable') into.add(node.name.trim())
    if (node.kind === 'choice') for (const option of node.options) collect(option.nodes, into)
  }
}

/** Names of `{{name}}` in a prompt, in the order in which they stand. */
export function variablesIn(prompt: string): readonly string[] {
  if (!prompt.includes('{{')) return NONE
  const known = namesByPrompt.get(prompt)
  if (known !== undefined) return known
  const names = new Set<string>()
  collect(parseTemplate(prompt).nodes, names)
  if (namesByPrompt.size > MEMORY) namesByPrompt.clear()
  const found = [...names]
  namesByPrompt.set(prompt, found)
  return found
}

/** The columns that a draft shows: those it has, and one for each new name in a prompt. */
export function variablesOf(
  known: readonly string[],
  rows: readonly DraftRow[],
): readonly string[] {
  const folded = new Set(known.map(foldName))
  const added: string[] = []
  for (const row of rows) {
    if (row.plain) continue
    for (const name of variablesIn(row.prompt)) {
      if (name !== '' && !folded.has(foldName(name))) {
        folded.add(foldName(name))
        added.push(name)
      }
    }
  }
  return added.length === 0 ? known : [...known, ...added]
}

/** Columns that no prompt names and no row fills: they can go. */
export function usedVariables(
  known: readonly string[],
  rows: readonly DraftRow[],
): readonly string[] {
  const used = new Set<string>()
  for (const row of rows) {
    if (!row.plain) for (const name of variablesIn(row.prompt)) used.add(foldName(name))
    for (const [name, value] of Object.entries(row.variables))
      if (value !== '') used.add(foldName(name))
  }
  const kept = known.filter((name) => used.has(foldName(name)))
  return kept.length === known.length ? known : kept
}

/** A prompt cut where its variables are, for colour. */
export interface PromptPart {
  readonly text: string
  readonly isVariable: boolean
}

export function promptParts(prompt: string): readonly PromptPart[] {
  if (!prompt.includes('{{')) return [{ text: prompt, isVariable: false }]
  return prompt
    .split(/(\{\{[^{}]*\}\})/)
    .filter((text) => text !== '')
    .map((text) => ({ text, isVariable: text.startsWith('{{') }))
}
