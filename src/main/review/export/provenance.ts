import type { TakeView } from '../../../shared/domain/take.ts'
import type { FileWords } from '../../media/mp4/metadataBox.ts'

const TITLE_CHARACTERS = 120

/** What an exported file says of its making: title and a line of JSON for machines. */
export function provenanceOf(takes: readonly TakeView[]): FileWords {
  const made = takes.map(({ id, prompt, provider, model, seed, createdAt }) => ({
    takeId: id,
    prompt,
    provider,
    model,
    seed,
    madeAt: new Date(createdAt).toISOString(),
  }))
  const [first] = takes
  return {
    title: Array.from(first?.prompt ?? '')
      .slice(0, TITLE_CHARACTERS)
      .join(''),
    comment: JSON.stringify({ madeWith: 'Dailies', aiGenerated: true, takes: made }),
  }
}
