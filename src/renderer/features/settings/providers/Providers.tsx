import { useEffect } from 'react'

import { useStore } from '../../../store/store.ts'
import { Reading } from '../Reading.tsx'
import { Certificates } from './Certificates.tsx'
import { PreferredWay } from './PreferredWay.tsx'
import { ProviderPanel } from './ProviderPanel.tsx'
import './providers.css'

/** Who can be asked, with whose key, at which address, how fast, and what it has cost. */
export function Providers() {
  const desk = useStore((store) => store.desk)
  const readDesk = useStore((store) => store.readDesk)
  useEffect(() => {
    void readDesk()
  }, [readDesk])
  if (desk === null) return <Reading />
  return (
    <>
      <p className="text-2 settings-text">
        Rehearsal renders on this machine, free and without a key. Every other provider is paid by
        you, with a key of yours.
        {desk.noKeyring !== null && ` ${desk.noKeyring} Each new key asks where it is to be kept.`}
      </p>
      <PreferredWay providers={desk.providers} />
      <div>
        {desk.providers.map((provider) => (
          <ProviderPanel key={provider.id} provider={provider} />
        ))}
      </div>
      <Certificates />
      <p className="text-3 settings-text providers-note">
        Calls obey the proxy of the system and the certificates that NODE_EXTRA_CA_CERTS names, too.
        Servers on this machine are never asked for through a proxy.
      </p>
    </>
  )
}
