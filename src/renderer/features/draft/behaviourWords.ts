import type { Behaviour } from '../../../shared/domain/model.ts'

/** How a field reaches the wire, in a word. */
export const BEHAVIOUR_WORDS: Readonly<Record<Behaviour, string>> = {
  passthrough: 'passed',
  renamed: 'renamed',
  converted: 'converted',
  emulated: 'emulated',
  dropped: 'dropped',
}
