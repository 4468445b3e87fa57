import { parseTemplate, plainTemplate } from './parse.ts'
import { pickOf, sequenceOf, type Part, type Pick, type Sequence } from './sequence.ts'
import { foldName, MAX_LIST_DEPTH, MAX_TEMPLATE_LENGTH } from './syntax.ts'
import { nearestName, some } from './nearest.ts'
import { err, ok, type Result } from '../domain/result.ts'
import type { ChoiceNode, ListNode, TemplateNode, TemplateProblem } from './syntax.ts'
import type { CompiledResult, ListFault, Lists } from './lists.ts'

/** A template that can be counted and expanded; the same for every row that uses its text. */
export interface CompiledTemplate {
  readonly root: Sequence
  /** Each variable once, where it is first used. */
  readonly variables: readonly VariableUse[]
}

export interface VariableUse {
  readonly name: string
  readonly offset: number
}

export interface CompileInput {
  readonly source: string
  readonly lists: Lists
  /** Braces, underscores and backslashes mean themselves. */
  readonly plain?: boolean | undefined
}

/**
 * Reads a template and puts its lists in place. Every problem of it is told, each with its offset.
 * Whether its variables have values is asked per row: see `missingVariables`.
 */
export function compileTemplate(
  input: CompileInput,
): Result<CompiledTemplate, readonly TemplateProblem[]> {
  const { source, lists, plain = false } = input
  const parsed = plain ? plainTemplate(source) : parseTemplate(source)
  if (parsed.problems.length > 0) return err(parsed.problems)
  const compiler = new Compiler(lists, 0)
  const root = compiler.sequence(parsed.nodes)
  if (compiler.problems.length > 0) return err(compiler.problems)
  // A plain text is as long as it is; what choices and lists add up to is bounded here.
  if (root.work > 2 * MAX_TEMPLATE_LENGTH) return err([tooLong(source)])
  return ok({ root, variables: compiler.variables })
}

const tooLong = (source: string): TemplateProblem => ({
  code: 'tooLong',
  offset: 0,
  length: source.length,
  message: `Prompts made from this could have more than ${MAX_TEMPLATE_LENGTH} characters.`,
  mend: 'Use fewer or shorter lists within lists.',
})

class Compiler {
  readonly problems: TemplateProblem[] = []
  readonly variables: VariableUse[] = []
  readonly #lists: Lists
  readonly #level: number

  constructor(lists: Lists, level: number) {
    this.#lists = lists
    this.#level = level
  }

  sequence(nodes: readonly TemplateNode[]): Sequence {
    return sequenceOf(nodes.flatMap((node) => this.#part(node)))
  }

  #part(node: TemplateNode): Part[] {
    if (typeof node === 'string') return [node]
    if (node.kind === 'choice') return [this.#choice(node)]
    if (node.kind === 'variable') {
      this.#use(node)
      return [{ kind: 'slot', name: foldName(node.name) }]
    }
    const pick = this.#list(node)
    return pick === undefined ? [] : [pick]
  }

  #choice(node: ChoiceNode): Pick {
    return pickOf({
      ...node,
      options: node.options.map((option) => this.sequence(option.nodes)),
      weights: node.options.map((option) => option.weight),
    })
  }

  #use({ name, offset }: VariableUse): void {
    const folded = foldName(name)
    const isKnown = this.variables.some((use) => foldName(use.name) === folded)
    if (!isKnown) this.variables.push({ name, offset })
  }

  #list(node: ListNode): Pick | undefined {
    const { name, offset } = node
    const compiled = this.#lists.compiled(name, () =>
      compileList(name, this.#lists, this.#level + 1),
    )
    if (compiled?.ok === true) {
      for (const variable of compiled.value.variables) this.#use({ name: variable, offset })
      return compiled.value.pick
    }
    const fault = compiled === undefined ? cycle(name) : compiled.error
    this.problems.push({ ...fault, offset, length: name.length + 4 })
    return undefined
  }
}

const cycle = (name: string): ListFault => ({
  code: 'listCycle',
  message: `The list ${name} comes back to itself through its values.`,
  mend: `Take the use of __${name}__ out of the list, or of the lists that it uses.`,
})

function compileList(name: string, lists: Lists, level: number): CompiledResult {
  const values = lists.valuesOf(name)
  if (values === undefined) return err(unknownList(name, lists))
  if (values.length === 0) {
    return err({ code: 'emptyList', message: `The list ${name} has no values.`, mend: 'Add one.' })
  }
  if (level > MAX_LIST_DEPTH) {
    return err({
      code: 'tooDeep',
      message: `Lists stand more than ${MAX_LIST_DEPTH} deep at ${name}.`,
      mend: 'Use fewer lists within lists.',
    })
  }
  const options: Sequence[] = []
  const compiler = new Compiler(lists, level)
  for (const [index, value] of values.entries()) {
    const { nodes, problems } = parseTemplate(value)
    if (problems.length === 0) options.push(compiler.sequence(nodes))
    const first = problems[0] ?? compiler.problems[0]
    if (first !== undefined) return err(badValue(name, index, first))
  }
  const weights = values.map(() => 1)
  const pick = pickOf({ options, weights, least: 1, most: 1, separator: '' })
  return ok({ pick, variables: compiler.variables.map((use) => use.name) })
}

function badValue(name: string, index: number, problem: TemplateProblem): ListFault {
  const code = problem.code === 'listCycle' ? problem.code : 'badList'
  const message = `Value ${index + 1} of the list ${name} cannot be used: ${problem.message}`
  return { code, message, mend: problem.mend }
}

function unknownList(name: string, lists: Lists): ListFault {
  const nearest = nearestName(name, lists.names)
  const literal = `For underscores as text write \\_\\_${name}\\_\\_.`
  const other = lists.names.length === 0 ? 'Add the list' : `Use one of: ${some(lists.names)}`
  return {
    code: 'unknownList',
    message: `There is no list named ${name}.`,
    mend: `${nearest === undefined ? `${other}.` : `Did you mean __${nearest}__?`} ${literal}`,
  }
}
