export type PromptId = `prompt_${string}`

export const PROMPT_KINDS = [
  'prompt', // text as it is sent
  'template', // text with {{name}} slots
  'list', // one value a line, used as __name__ in a template
] as const
export type PromptKind = (typeof PROMPT_KINDS)[number]

/** An entry of the prompt library. */
export interface PromptView {
  readonly id: PromptId
  readonly kind: PromptKind
  /** A list is used under this name. */
  readonly name: string
  readonly text: string
  /** `a/b`; empty for none. */
  readonly folder: string
  readonly tags: readonly string[]
  readonly favourite: boolean
  readonly createdAt: number
  readonly updatedAt: number
  readonly revision: number
}
