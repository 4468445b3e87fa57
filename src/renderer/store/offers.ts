import type { CatalogueView, ProviderAsked } from '../../shared/domain/catalogueView.ts'
import { plural } from '../ui/format.ts'
import { act, notify } from './notify.ts'

/** Asks providers what they offer and says what they answered; null: they were not asked. */
export async function askProviders(): Promise<CatalogueView | null> {
  const answer = await act('The providers were not asked.', 'models.askProviders')
  if (!answer.ok) return null
  notify(askedWords(answer.data.asked))
  return answer.data.view
}

function askedWords(asked: readonly ProviderAsked[]): Parameters<typeof notify>[0] {
  if (asked.length === 0)
    return { text: 'No provider with a list has a key here. Add one in Providers.', tone: 'ask' }
  const words = asked.map(({ name, listed, trouble }) =>
    listed === null
      ? `${name}: ${trouble ?? 'no answer.'}`
      : `${name} lists ${plural(listed, 'model')}.`,
  )
  const isWhole = asked.every(({ trouble }) => trouble === null)
  return { text: words.join(' '), tone: isWhole ? 'done' : 'ask' }
}
