import { useEffect } from 'react'
import { I18nProvider } from 'react-aria-components'

import { Shell } from './shell/Shell.tsx'
import { EngineFailed, Opening } from './shell/EngineStates.tsx'
import { useAppearance } from './shell/useAppearance.ts'
import { connect, readEngine } from './store/connect.ts'
import { toasts } from './store/notify.ts'
import { useStore } from './store/store.ts'
import { Toasts } from './ui/Toasts.tsx'

export function App() {
  const engine = useStore((store) => store.info?.engine)
  const kind = engine?.kind
  useAppearance()
  useEffect(connect, [])
  useEffect(() => {
    if (kind === 'running' || kind === 'readOnly') void readEngine()
  }, [kind])

  return (
    <I18nProvider locale="en-GB">
      {engine === undefined || engine.kind === 'opening' ? (
        <Opening />
      ) : engine.kind === 'failed' ? (
        <EngineFailed message={engine.message} />
      ) : (
        <Shell />
      )}
      <Toasts queue={toasts} />
    </I18nProvider>
  )
}
