import type { ProviderOption } from '../../../shared/domain/modelOption.ts'
import { useStore } from '../../store/store.ts'
import { plural } from '../../ui/format.ts'
import { StatusMark } from '../../ui/StatusMark.tsx'

/** Who can be asked, and what is missing before they can. */
export function Providers() {
  const providers = useStore((store) => store.providers)
  return (
    <>
      <p className="text-2 settings-text">
        Rehearsal renders on this machine, free and without a key. For every other provider the key
        is read from the environment when Dailies starts; it is never shown, stored or logged.
      </p>
      <ul className="providers">
        {providers.map((provider) => (
          <ProviderLine key={provider.id} provider={provider} />
        ))}
      </ul>
    </>
  )
}

function ProviderLine({ provider }: { readonly provider: ProviderOption }) {
  const models = useStore(
    (store) =>
      store.models.filter(({ routes }) => routes.some((route) => route.provider === provider.id))
        .length,
  )
  return (
    <li className="provider">
      <b>{provider.name}</b>
      <span className="provider-key">
        <KeyWords provider={provider} />
      </span>
      <span className="text-2">{plural(models, 'model')}</span>
      <span className="text-2">{plural(provider.concurrency, 'job')} at once</span>
    </li>
  )
}

function KeyWords({ provider: { key } }: { readonly provider: ProviderOption }) {
  if (key.state === 'notNeeded') {
    return (
      <>
        <StatusMark tone="done" /> needs no key
      </>
    )
  }
  if (key.state === 'present') {
    return (
      <>
        <StatusMark tone="done" /> key found in <code className="selectable">{key.variable}</code>
      </>
    )
  }
  return (
    <>
      <StatusMark tone="wait" />
      <span>
        no key: set <code className="selectable">{key.variable}</code> and start Dailies again
      </span>
    </>
  )
}
