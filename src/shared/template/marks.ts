import {
  nextSpecial,
  readChoose,
  readComment,
  readEscape,
  readList,
  readVariable,
  readWeight,
} from './tokens.ts'

export type MarkKind = 'variable' | 'list' | 'choice' | 'number' | 'escape' | 'comment'

/** A part of a template that means more than itself; from and to count UTF-16 units. */
export interface TemplateMark {
  readonly from: number
  readonly to: number
  readonly kind: MarkKind
}

/** For colour alone: by the same tokens as the parser, in time linear to the text, whatever is wrong with it. */
export function marksOf(source: string): readonly TemplateMark[] {
  const marks: TemplateMark[] = []
  let depth = 0
  let at = 0
  const mark = (kind: MarkKind, to: number): void => {
    if (to > at) marks.push({ from: at, to, kind })
    at = to
  }
  const optionStart = (): void => {
    mark('number', readWeight(source, at).end)
  }
  for (;;) {
    at = nextSpecial(source, at)
    if (at === source.length) return marks
    const char = source.charAt(at)
    const escape = readEscape(source, at)
    const variable = readVariable(source, at)
    const list = char === '_' ? readList(source, at) : undefined
    const comment = char === '#' ? readComment(source, at) : undefined
    if (escape !== undefined) mark('escape', escape.end)
    else if (variable !== undefined) mark('variable', variable.end)
    else if (list !== undefined) mark('list', list.end)
    else if (comment !== undefined) mark('comment', comment.end)
    else if (char === '{') {
      depth += 1
      mark('choice', at + 1)
      mark('number', readChoose(source, at)?.end ?? at)
      optionStart()
    } else if (char === '|' && depth > 0) {
      mark('choice', at + 1)
      optionStart()
    } else if (char === '}') {
      depth = Math.max(0, depth - 1)
      mark('choice', at + 1)
    } else at += 1
  }
}
