import { COLUMNS, type ColumnName } from '../../../../shared/domain/batchColumns.ts'
import type { ColumnTarget, ImportColumn } from '../../../../shared/domain/batchImport.ts'
import { foldName } from '../../../../shared/template/syntax.ts'
import type { Reason } from '../../../ui/Button.tsx'
import type { Choice } from '../../../ui/Select.tsx'

const WORDS: Readonly<Record<ColumnName, string>> = {
  prompt: 'Prompt',
  negative_prompt: 'Negative prompt',
  first_frame: 'First frame',
  last_frame: 'Last frame',
  reference: 'References',
  provider: 'Provider',
  model: 'Model',
  duration: 'Duration',
  size: 'Size',
  aspect_ratio: 'Aspect ratio',
  resolution: 'Resolution',
  seed: 'Seed',
  takes: 'Takes',
  name: 'Name for files',
  tags: 'Tags',
}
const FIELDS: readonly Choice<string>[] = COLUMNS.map((id) => ({ id, label: WORDS[id] }))

/** Stands for a column that is left out; a target is never empty. */
export const LEFT_OUT = ''

/** What a column can become. */
export function targetChoices({ header, letter, target }: ImportColumn): readonly Choice<string>[] {
  const name = header.replace(/^options\./i, '') || letter
  const isField = FIELDS.some(({ id }) => id === fold(name))
  const variable = isField ? `${name} 2` : name
  const own = [
    { id: variable, label: `Variable {{${variable}}}` },
    { id: `options.${name}`, label: `Option ${name} of the provider` },
    { id: LEFT_OUT, label: 'Left out' },
  ]
  const known = [...FIELDS, ...own]
  const isKnown = target === null || known.some(({ id }) => id === target)
  return isKnown ? known : [...known, { id: target, label: target }]
}

const fold = (name: string): string => foldName(name).replaceAll(/[\s-]+/g, '_')

/** Why the columns cannot be brought in as they are. */
export function targetReasons(
  columns: readonly ImportColumn[],
  targets: readonly ColumnTarget[],
): readonly Reason[] {
  const first = new Map<string, string>()
  const reasons = columns.flatMap(({ letter }, at): readonly Reason[] => {
    const target = targets[at] ?? null
    if (target === null) return []
    const key = fold(target)
    const other = first.get(key)
    if (other === undefined) first.set(key, letter)
    return other === undefined
      ? []
      : [{ text: `Columns ${other} and ${letter} both become ${labelOf(target)}.` }]
  })
  if (!first.has('prompt') && columns.length > 0) {
    return [...reasons, { text: 'Choose the column that holds the prompts.' }]
  }
  return reasons
}

const labelOf = (target: string): string =>
  FIELDS.find(({ id }) => id === target)?.label ?? `{{${target}}}`
