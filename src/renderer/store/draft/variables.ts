import type { DraftRow } from '../../../shared/domain/draft.ts'
import { parseTemplate } from '../../../shared/template/parse.ts'
import { foldName, type TemplateNode, type VariableNode } from '../../../shared/template/syntax.ts'

const NONE: readonly string[] = Object.freeze([])
const namesByPrompt = new Map<string, readonly string[]>()
/** Prompts seen lately; typing makes many that are never seen again. */
const MEMORY = 20_000

function collect(nodes: readonly TemplateNode[], into: VariableNode[]): void {
  for (const node of nodes) {
    if (typeof node === 'string') continue
    if (node.kind === 'variable') into.push(node)
    if (node.kind === 'choice') for (const option of node.options) collect(option.nodes, into)
  }
}

/** Every `{{name}}` of a prompt, in the order in which they stand. */
export function placesOf(prompt: string): readonly VariableNode[] {
  if (!prompt.includes('{{')) return []
  const found: VariableNode[] = []
  collect(parseTemplate(prompt).nodes, found)
  return found
}

/** Names of `{{name}}` in a prompt, in the order in which they stand. */
export function variablesIn(prompt: string): readonly string[] {
  if (!prompt.includes('{{')) return NONE
  const known = namesByPrompt.get(prompt)
  if (known !== undefined) return known
  if (namesByPrompt.size > MEMORY) namesByPrompt.clear()
  const found = [...new Set(placesOf(prompt).map(({ name }) => name))]
  namesByPrompt.set(prompt, found)
  return found
}

/**
 * The columns that a draft shows: those that it has, one for each new name in a prompt, and none that no
 * prompt names and no row fills. Rows that stand as they did `before` bring no new name.
 */
export function followed(
  known: readonly string[],
  rows: readonly DraftRow[],
  { before, kept = NONE }: Followed,
): readonly string[] {
  const old = new Set(before)
  return usedVariables(
    variablesOf(
      known,
      rows.filter((row) => !old.has(row)),
    ),
    rows,
    kept,
  )
}

interface Followed {
  readonly before: readonly DraftRow[]
  /** Columns that stay for now, whether used or not. */
  readonly kept?: readonly string[]
}

/** One for each new name in a prompt. */
export function variablesOf(
  known: readonly string[],
  rows: readonly DraftRow[],
): readonly string[] {
  const folded = new Set(known.map(foldName))
  const added: string[] = []
  for (const row of rows) {
    if (row.plain || mayNameOnly(row.prompt, folded)) continue
    for (const name of variablesIn(row.prompt)) {
      if (name !== '' && !folded.has(foldName(name))) {
        folded.add(foldName(name))
        added.push(name)
      }
    }
  }
  return added.length === 0 ? known : [...known, ...added]
}

/** True without reading the grammar: whatever stands between double braces is a name that is there. */
function mayNameOnly(prompt: string, folded: ReadonlySet<string>): boolean {
  for (const [, name = ''] of prompt.matchAll(/\{\{([^{}]*)\}\}/g)) {
    if (!folded.has(foldName(name))) return false
  }
  return true
}

/** Without the columns that no prompt names and no row fills, but for those that are `kept`. */
export function usedVariables(
  known: readonly string[],
  rows: readonly DraftRow[],
  kept: readonly string[] = NONE,
): readonly string[] {
  const unused = new Set(known.map(foldName))
  for (const name of kept) unused.delete(foldName(name))
  for (const row of rows) {
    // Most often the first rows use them all.
    if (unused.size === 0) return known
    for (const name of filledIn(row.variables)) unused.delete(name)
    if (unused.size > 0 && !row.plain) {
      for (const name of variablesIn(row.prompt)) unused.delete(foldName(name))
    }
  }
  return unused.size === 0 ? known : known.filter((name) => !unused.has(foldName(name)))
}

const filledBy = new WeakMap<DraftRow['variables'], readonly string[]>()

/** Worked out once per state of a row. */
function filledIn(variables: DraftRow['variables']): readonly string[] {
  const before = filledBy.get(variables)
  if (before !== undefined) return before
  const filled = Object.entries(variables).filter(([, value]) => value !== '')
  const names = filled.map(([name]) => foldName(name))
  filledBy.set(variables, names)
  return names
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
