import { Suspense, useEffect } from 'react'

import { KeysHelp } from '../commands/KeysHelp.tsx'
import { Palette } from '../commands/Palette.tsx'
import { useCommandKeys } from '../commands/useCommandKeys.ts'
import { NightsDialog } from '../features/nights/index.ts'
import { useStore } from '../store/store.ts'
import { AddKeyDialog } from './AddKeyDialog.tsx'
import { Banners } from './Banners.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { Licences } from './Licences.tsx'
import { LiveRegion } from './LiveRegion.tsx'
import { Rail } from './Rail.tsx'
import { fetchScreens, SCREEN_OF } from './screens.ts'
import './shell.css'
import { TonightStrip } from './TonightStrip.tsx'
import { useGlobalCommands } from './useGlobalCommands.ts'
import { useWindowDrops } from './useWindowDrops.ts'

export function Shell() {
  const screen = useStore((store) => store.screen)
  useGlobalCommands()
  useCommandKeys()
  const isOver = useWindowDrops()
  useEffect(fetchScreens, [])
  const { name, Content } = SCREEN_OF[screen]
  return (
    <div className="shell">
      <TonightStrip />
      <Rail />
      <div className="shell-main">
        <Banners />
        <main className="screen" aria-label={name}>
          <ErrorBoundary key={screen} place={name}>
            <Suspense fallback={<div aria-busy="true" />}>
              <Content />
            </Suspense>
          </ErrorBoundary>
        </main>
      </div>
      <AddKeyDialog />
      <Palette />
      <KeysHelp />
      <NightsDialog />
      <Licences />
      {isOver && (
        <p className="drop-note" aria-hidden="true">
          Pictures go to Frames, a batch file to Draft
        </p>
      )}
      <LiveRegion />
    </div>
  )
}
