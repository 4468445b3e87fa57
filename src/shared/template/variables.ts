import { nearestName, some } from './nearest.ts'
import { foldName, MAX_TEMPLATE_LENGTH, type TemplateProblem } from './syntax.ts'
import type { CompiledTemplate } from './compile.ts'

/** Values by folded name; several are expanded, an absent or empty list is a missing value. */
export type Values = (name: string) => readonly string[] | undefined

/**
 * The values of a cell: one, or several with `|` between them (`\|` for a bar in a value). They are
 * inserted as they stand: braces and underscores in data mean nothing.
 */
export function splitValues(cell: string): readonly string[] {
  const whole = cell.trim()
  if (whole === '') return []
  if (!whole.includes('|')) return [whole]
  const values: string[] = []
  let value = ''
  for (let at = 0; at < whole.length; at += 1) {
    const char = whole.charAt(at)
    if (char === '\\' && whole[at + 1] === '|') {
      value += '|'
      at += 1
    } else if (char === '|') {
      values.push(value.trim())
      value = ''
    } else {
      value += char
    }
  }
  return [...values, value.trim()].filter((text) => text !== '')
}

export interface VariableCheck {
  readonly template: CompiledTemplate
  readonly values: Values
  /** Names that a person may mean, as they wrote them. */
  readonly known: readonly string[]
}

/** One problem for each variable of the template that has no value here. */
export function missingVariables({
  template,
  values,
  known,
}: VariableCheck): readonly TemplateProblem[] {
  return template.variables
    .filter(({ name }) => (values(foldName(name))?.length ?? 0) === 0)
    .map(({ name, offset }) => ({
      code: 'unknownVariable',
      offset,
      length: name.length + 4,
      ...wordsFor(name, known),
    }))
}

function wordsFor(name: string, known: readonly string[]): { message: string; mend: string } {
  if (known.some((other) => foldName(other) === foldName(name))) {
    return {
      message: `{{${name}}} has no value here: its cell is empty.`,
      mend: `Fill the cell ${name}, or take {{${name}}} out of the prompt.`,
    }
  }
  const nearest = nearestName(name, known)
  const others = known.length === 0 ? '' : ` The columns are: ${some(known)}.`
  return {
    message: `There is no variable named ${name}.`,
    mend:
      nearest === undefined
        ? `Add a column ${name}, or take {{${name}}} out of the prompt.${others}`
        : `Did you mean {{${nearest}}}? Otherwise add a column ${name}.`,
  }
}

/** Whether values this long keep every prompt within bounds. */
export function fitsBounds(template: CompiledTemplate, longest: number): boolean {
  const { work, slots } = template.root
  return work + slots * longest <= 2 * MAX_TEMPLATE_LENGTH
}
