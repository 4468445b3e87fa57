import {
  nextSpecial,
  readChoose,
  readComment,
  readEscape,
  readList,
  readVariable,
  readWeight,
  type ChooseHead,
} from './tokens.ts'
import {
  MAX_CHOOSE,
  MAX_DEPTH,
  MAX_WEIGHT,
  MAX_TEMPLATE_LENGTH,
  type ChoiceOption,
  type TemplateNode,
  type TemplateProblem,
  type TemplateProblemCode,
} from './syntax.ts'

export interface ParsedTemplate {
  /** With problems: everything that could be read, in its order, what stands in open braces too. */
  readonly nodes: readonly TemplateNode[]
  /** Of the grammar alone; whether names exist is for `compileTemplate`. */
  readonly problems: readonly TemplateProblem[]
}

/**
 * Reads a template (docs/templates.md) in one pass, in time linear to its length. Goes on after a
 * problem, so that all of them are told at once.
 */
export function parseTemplate(source: string): ParsedTemplate {
  if (source.length > MAX_TEMPLATE_LENGTH) return { nodes: [], problems: [tooLong(source.length)] }
  return new Parser(source).parse()
}

/** Plain text: braces, underscores and backslashes mean themselves. */
export function plainTemplate(source: string): ParsedTemplate {
  const problems = source.length > MAX_TEMPLATE_LENGTH ? [tooLong(source.length)] : []
  return { nodes: [source], problems }
}

const tooLong = (length: number): TemplateProblem => ({
  code: 'tooLong',
  offset: MAX_TEMPLATE_LENGTH,
  length: length - MAX_TEMPLATE_LENGTH,
  message: `The template has ${length} characters; ${MAX_TEMPLATE_LENGTH} is the most.`,
  mend: 'Shorten it, or move its parts into lists.',
})

/** A pair of braces that is still open; the root has offset -1. */
interface Open {
  readonly offset: number
  readonly head: ChooseHead | undefined
  readonly options: ChoiceOption[]
  nodes: TemplateNode[]
  weight: number
}

class Parser {
  readonly #source: string
  readonly #problems: TemplateProblem[] = []
  readonly #outer: Open[] = []
  #open: Open = { offset: -1, head: undefined, options: [], nodes: [], weight: 1 }
  #text = ''
  #at = 0
  /** Deeper braces are read as text from here on, and what that leads to is not told. */
  #isTooDeep = false

  constructor(source: string) {
    this.#source = source
  }

  parse(): ParsedTemplate {
    const source = this.#source
    while (this.#at < source.length) {
      const next = nextSpecial(source, this.#at)
      this.#text += source.slice(this.#at, next)
      this.#at = next
      if (next < source.length) this.#special(source.charAt(next))
    }
    this.#endText()
    const [root, ...open] = [...this.#outer, this.#open]
    const [outermost] = open
    if (outermost !== undefined && !this.#isTooDeep) this.#reportOpen(outermost.offset)
    const unclosed = open.flatMap(({ options, nodes }) => [
      ...options.flatMap((option) => option.nodes),
      ...nodes,
    ])
    return { nodes: [...root.nodes, ...unclosed], problems: this.#problems }
  }

  #special(char: string): void {
    if (char === '\\') this.#escape()
    else if (char === '{') this.#openBrace()
    else if (char === '}') this.#closeBrace()
    else if (char === '|') this.#bar()
    else if (char === '_') this.#underscore()
    else this.#hash()
  }

  #take(text: string, length: number): void {
    this.#text += text
    this.#at += length
  }

  #escape(): void {
    const escape = readEscape(this.#source, this.#at)
    if (escape === undefined) this.#take('\\', 1)
    else this.#take(escape.value, 2)
  }

  #openBrace(): void {
    const offset = this.#at
    const variable = readVariable(this.#source, offset)
    if (variable !== undefined) {
      this.#at = variable.end
      if (variable.value === '') this.#report('emptyName', offset)
      else this.#push({ kind: 'variable', name: variable.value, offset })
      return
    }
    this.#endText()
    if (this.#outer.length === MAX_DEPTH) {
      this.#report('tooDeep', offset)
      this.#isTooDeep = true
      this.#take('{', 1)
      return
    }
    const head = readChoose(this.#source, offset + 1)
    const weight = readWeight(this.#source, head?.end ?? offset + 1)
    this.#outer.push(this.#open)
    this.#open = { offset, head: head?.value, options: [], nodes: [], weight: weight.value }
    this.#at = weight.end
  }

  #bar(): void {
    if (this.#outer.length === 0) {
      this.#take('|', 1)
      return
    }
    this.#endOption()
    const weight = readWeight(this.#source, this.#at + 1)
    this.#open.weight = weight.value
    this.#at = weight.end
  }

  #closeBrace(): void {
    const outer = this.#outer.pop()
    if (outer === undefined) {
      this.#report('strayBrace', this.#at)
      this.#take('}', 1)
      return
    }
    this.#endOption()
    const { offset, head, options } = this.#open
    this.#at += 1
    this.#checkChoice(this.#open)
    this.#open = outer
    const { least, most, separator } = head ?? { least: 1, most: 1, separator: '' }
    this.#push({ kind: 'choice', options, least, most, separator, offset })
  }

  #checkChoice({ offset, head, options }: Open): void {
    if (head === undefined) {
      if (options.length === 1) this.#report('loneOption', offset)
      return
    }
    const { least, most } = head
    const fits = least >= 1 && least <= most && most <= Math.min(MAX_CHOOSE, options.length)
    if (!fits) this.#report('badChoose', offset)
  }

  #underscore(): void {
    const list = readList(this.#source, this.#at)
    if (list === undefined) {
      this.#take('_', 1)
      return
    }
    this.#push({ kind: 'list', name: list.value, offset: this.#at })
    this.#at = list.end
  }

  #hash(): void {
    const comment = readComment(this.#source, this.#at)
    if (comment === undefined) {
      this.#take('#', 1)
      return
    }
    this.#text = this.#text.slice(0, this.#text.length - comment.value)
    this.#at = comment.end
  }

  #push(node: TemplateNode): void {
    this.#endText()
    this.#open.nodes.push(node)
  }

  #endText(): void {
    if (this.#text !== '') this.#open.nodes.push(this.#text)
    this.#text = ''
  }

  #endOption(): void {
    this.#endText()
    const { nodes, weight } = this.#open
    if (!(weight > 0 && weight <= MAX_WEIGHT)) this.#report('badWeight', this.#open.offset)
    this.#open.options.push({ nodes, weight })
    this.#open.nodes = []
  }

  #reportOpen(offset: number): void {
    const isDouble = this.#source.startsWith('{{', offset)
    this.#problems.push({
      code: 'openBrace',
      offset,
      length: isDouble ? 2 : 1,
      message: `${isDouble ? '{{' : '{'} is opened here and never closed.`,
      mend: `Close it with ${isDouble ? '}}' : '}'}, or write ${isDouble ? '\\{\\{' : '\\{'} for ${isDouble ? 'braces' : 'a brace'} as text.`,
    })
  }

  #report(code: keyof typeof WORDS, offset: number): void {
    if (this.#isTooDeep) return
    const length = Math.max(1, this.#at - offset)
    this.#problems.push({ code, offset, length, ...WORDS[code] })
  }
}

const WORDS = {
  strayBrace: {
    message: '} closes a brace that was never opened.',
    mend: 'Take it out, or write \\} for a brace as text.',
  },
  loneOption: {
    message: 'These braces hold no alternatives.',
    mend: 'Write alternatives as {one|two} and a column as {{name}}; for braces as text write \\{ and \\}.',
  },
  emptyName: {
    message: 'No name stands between {{ and }}.',
    mend: 'Write the name of a column, such as {{subject}}.',
  },
  badWeight: {
    message: 'A weight must be above 0, and at most 1,000,000,000.',
    mend: 'Write such a weight, or take the option out; for a colon as text write \\:.',
  },
  badChoose: {
    message: `The number before $$ must be from 1 to the number of options, and at most ${MAX_CHOOSE}.`,
    mend: 'Write, for instance, {2$$red|green|blue}.',
  },
  tooDeep: {
    message: `Braces stand more than ${MAX_DEPTH} deep.`,
    mend: 'Move the inner ones into a list.',
  },
} as const satisfies Partial<Record<TemplateProblemCode, { message: string; mend: string }>>
