import { compileTemplate, type CompiledTemplate } from '../../../shared/template/compile.ts'
import { createLists, type Lists } from '../../../shared/template/lists.ts'
import { err, type Result } from '../../../shared/domain/result.ts'
import { expandTemplate, type Expansion } from '../../../shared/template/expand.ts'
import { foldName, placeOf, type TemplateProblem } from '../../../shared/template/syntax.ts'
import { missingVariables, splitValues } from '../../../shared/template/variables.ts'
import type { BatchRow, BatchTable } from '../batchFile/batchTable.ts'
import type { CellFault } from '../../../shared/domain/cell.ts'
import type { Expand } from '../../../shared/domain/draft.ts'

type Compiled = Result<CompiledTemplate, readonly TemplateProblem[]>

export interface PromptSource {
  readonly row: BatchRow
  /** As the cell says it. */
  readonly text: string
  readonly expand: Expand
  /** For random draws. */
  readonly seed: string
}

/** Turns the prompt cells of one table into prompts. A text that many rows share is read once. */
export class PromptReader {
  /** Folded names of every variable that some prompt uses. */
  readonly usedVariables = new Set<string>()
  readonly #compiled = new Map<string, Compiled>()
  readonly #lists: Lists
  readonly #isPlain: boolean
  readonly #columns: ReadonlyMap<string, number>
  readonly #variableNames: readonly string[]

  constructor({ columns, lists }: BatchTable, isPlain: boolean) {
    this.#lists = createLists(lists)
    this.#isPlain = isPlain
    // Every column can be used as a variable but the prompt, which would be its own part.
    const usable = [...columns.entries()].filter(([, { key }]) => key !== 'prompt' && key !== '')
    this.#columns = new Map(usable.map(([at, { name }]) => [foldName(name), at]))
    this.#variableNames = usable.map(([, { name }]) => name)
  }

  /** What a row's prompt comes to; nothing is expanded yet. */
  read(source: PromptSource): Result<Expansion, readonly CellFault[]> {
    const read = this.expansion(source)
    return read.ok ? read : err(read.error.map((problem) => faultOf(source.text, problem)))
  }

  /** The same; problems by their offset in the text. */
  expansion({
    row,
    text,
    expand,
    seed,
  }: PromptSource): Result<Expansion, readonly TemplateProblem[]> {
    const compiled = this.#compile(text)
    if (!compiled.ok) return compiled
    const template = compiled.value
    const values = (name: string): readonly string[] | undefined => {
      const at = this.#columns.get(name)
      return at === undefined ? undefined : splitValues(row.values[at] ?? '')
    }
    const missing = missingVariables({ template, values, known: this.#variableNames })
    if (missing.length > 0) return err(missing)
    const expansion = expandTemplate({ template, values, expand, seed })
    return expansion.ok ? expansion : err([expansion.error])
  }

  /** True where a text that was read has slots, choices or lists. */
  isTemplate(text: string): boolean {
    const compiled = this.#compile(text)
    return compiled.ok && compiled.value.root.parts.some((part) => typeof part !== 'string')
  }

  #compile(source: string): Compiled {
    const known = this.#compiled.get(source)
    if (known !== undefined) return known
    const compiled = compileTemplate({ source, lists: this.#lists, plain: this.#isPlain })
    if (compiled.ok) {
      for (const { name } of compiled.value.variables) this.usedVariables.add(foldName(name))
    }
    this.#compiled.set(source, compiled)
    return compiled
  }
}

function faultOf(text: string, { code, offset, message, mend }: TemplateProblem): CellFault {
  const { line, column } = placeOf(text, offset)
  const place = line === 1 ? `character ${column}` : `line ${line}, character ${column}`
  return { code, message: `${message.replace(/\.$/, '')} (${place}).`, mend }
}
