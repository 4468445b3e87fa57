import { useEffect } from 'react'

import type { ProviderDetails } from '../../../shared/domain/providerKey.ts'
import { useStore } from '../../store/store.ts'

/** What leaves this machine, to whom, and when. */
export function Privacy() {
  const desk = useStore((store) => store.desk)
  const readDesk = useStore((store) => store.readDesk)
  useEffect(() => {
    void readDesk()
  }, [readDesk])
  return (
    <>
      <p className="text-2 settings-text">
        Nothing is sent but what you run and test. No usage is reported, and no page from elsewhere
        is loaded. Prompts, frames, takes and ratings lie in your folders only. Rehearsal calls
        nobody.
      </p>
      <ul className="privacy">
        {(desk?.providers ?? []).map((provider) => (
          <li key={provider.id}>
            <b>{provider.name}</b>
            <span className="text-2">
              prompt, settings and frames of the rows that name it; the key with every call; looks
              at renders under way
            </span>
            <span className="text-3 selectable">{hostsOf(provider).join(', ')}</span>
          </li>
        ))}
      </ul>
    </>
  )
}

/** Where its calls go as it is set now. */
function hostsOf({ baseUrls }: ProviderDetails): readonly string[] {
  const hosts = baseUrls.map(({ own, fromEnvironment, default: usual }) => {
    const url = own ?? fromEnvironment ?? usual
    return URL.canParse(url) ? new URL(url).host : url
  })
  return [...new Set(hosts)]
}
