import { createHash } from 'node:crypto'
import type { PromptView } from '../../shared/domain/prompt.ts'

/** The same for texts that differ in case, blanks and marks alone. Never empty. */
export function textKey({ kind, text }: Pick<PromptView, 'kind' | 'text'>): string {
  const folded = text
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}{}|_]+/gu, ' ')
    .trim()
  // Kinds mean different things by the same words; prompts and templates do not.
  const scope = kind === 'list' || kind === 'variables' ? kind : 'prompt'
  return createHash('sha256').update(`${scope} ${folded}`).digest('hex').slice(0, 24)
}

/** The values of a list: a line each. */
export const listValues = (text: string): readonly string[] =>
  text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '')
