/**
 * The template grammar of docs/templates.md as a tree. Offsets count UTF-16 units from 0, as an
 * editor does.
 */
export type TemplateNode = string | VariableNode | ListNode | ChoiceNode

export interface VariableNode {
  readonly kind: 'variable'
  readonly name: string
  readonly offset: number
}

export interface ListNode {
  readonly kind: 'list'
  readonly name: string
  readonly offset: number
}

/** `{a|b}`, or `{2$$a|b|c}`: `least` to `most` different options, written with `separator` between. */
export interface ChoiceNode {
  readonly kind: 'choice'
  readonly options: readonly ChoiceOption[]
  readonly least: number
  readonly most: number
  readonly separator: string
  readonly offset: number
}

export interface ChoiceOption {
  readonly nodes: readonly TemplateNode[]
  /** How often a random draw takes it, against its neighbours; above 0. */
  readonly weight: number
}

/** Something wrong in a template, at its place, with its mend. */
export interface TemplateProblem {
  readonly code: TemplateProblemCode
  readonly offset: number
  readonly length: number
  readonly message: string
  readonly mend: string
}

export const TEMPLATE_PROBLEMS = [
  'openBrace',
  'strayBrace',
  'loneOption',
  'emptyName',
  'badWeight',
  'badChoose',
  'tooDeep',
  'tooLong',
  'unknownVariable',
  'unknownList',
  'emptyList',
  'listCycle',
  'badList',
  'unequalPairs',
] as const
export type TemplateProblemCode = (typeof TEMPLATE_PROBLEMS)[number]

/** UTF-16 units of a template, and of a prompt that it makes. */
export const MAX_TEMPLATE_LENGTH = 100_000
/** Braces within braces. */
export const MAX_DEPTH = 30
/** Lists within lists. */
export const MAX_LIST_DEPTH = 20
/** The most that `{N$$...}` may choose. */
export const MAX_CHOOSE = 20
export const MAX_WEIGHT = 1_000_000_000
export const MAX_NAME_LENGTH = 100

/** Names are the same whatever their case, outer blanks and Unicode form: a column's or a list's. */
export const foldName = (name: string): string => name.trim().normalize('NFC').toLowerCase()

/** Line and column of an offset, both from 1, as an editor shows them. */
export function placeOf(
  text: string,
  offset: number,
): { readonly line: number; readonly column: number } {
  const before = text.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  return { line: before.split('\n').length, column: offset - lineStart + 1 }
}
