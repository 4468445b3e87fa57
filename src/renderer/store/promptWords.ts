import type { PromptKind, PromptView } from '../../shared/domain/prompt.ts'

/** What people call the entries of the library. */
export const KIND_WORDS: Readonly<Record<PromptKind, string>> = {
  prompt: 'Prompt',
  template: 'Template',
  list: 'List',
  variables: 'Variable set',
}

/** Kinds to look at alone. */
export const KIND_FILTERS: readonly { id: PromptKind | 'all'; label: string }[] = [
  { id: 'all', label: 'All' },
  { id: 'prompt', label: 'Prompts' },
  { id: 'template', label: 'Templates' },
  { id: 'list', label: 'Lists' },
  { id: 'variables', label: 'Variables' },
]

/** The text of an entry on one line, without comments. */
export const previewOf = ({ kind, text }: Pick<PromptView, 'kind' | 'text'>): string =>
  kind === 'list' || kind === 'variables'
    ? text.split('\n').filter(Boolean).join(', ')
    : withoutComments(text).replaceAll('\n', ' ')

/** Comment lines of a template explain it to people; no prompt has them. */
export const withoutComments = (text: string): string => text.replaceAll(/^#(?: .*)?(?:\n|$)/gm, '')
