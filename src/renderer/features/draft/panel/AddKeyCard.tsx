import { useStore } from '../../../store/store.ts'
import { useView } from '../../../store/viewStore.ts'
import { Button } from '../../../ui/Button.tsx'
import { SideSection } from '../../../ui/SidePanel.tsx'

/** At the first start: everything works without a key, and what one would add. */
export function AddKeyCard() {
  const providers = useStore((store) => store.providers)
  const addKey = useStore((store) => store.addKey)
  const isPutAway = useView((view) => view.isKeyCardPutAway)
  const change = useView((view) => view.change)
  const paid = providers.filter((provider) => provider.paid)
  const hasKey = paid.some(({ key }) => key.state === 'present')
  if (isPutAway || hasKey || paid.length === 0) return null
  return (
    <SideSection title="Hosted models">
      <div className="key-card">
        <p>
          Rehearsals are free and need no key. With a key of{' '}
          {namesOf(paid.filter(({ id }) => id !== 'openai-videos'))}, the same rows run on their
          models: what it costs is shown before anything is sent.
        </p>
        <div className="key-card-actions">
          <Button onPress={() => addKey(null)}>Add a key…</Button>
          <Button variant="quiet" onPress={() => change({ isKeyCardPutAway: true })}>
            Not now
          </Button>
        </div>
      </div>
    </SideSection>
  )
}

const NAMES = new Intl.ListFormat('en', { type: 'disjunction' })

const namesOf = (providers: readonly { readonly name: string }[]): string =>
  NAMES.format(providers.map(({ name }) => name))
