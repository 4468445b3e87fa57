import type { ReactNode } from 'react'

import type { Screen } from '../../shared/ipc/commands.ts'
import { KeysHelp } from '../commands/KeysHelp.tsx'
import { Palette } from '../commands/Palette.tsx'
import { useCommandKeys } from '../commands/useCommandKeys.ts'
import { DraftScreen } from '../features/draft/DraftScreen.tsx'
import { FramesScreen } from '../features/frames/FramesScreen.tsx'
import { InsightsScreen } from '../features/insights/InsightsScreen.tsx'
import { LibraryScreen } from '../features/library/LibraryScreen.tsx'
import { QueueScreen } from '../features/queue/QueueScreen.tsx'
import { ReviewScreen } from '../features/review/ReviewScreen.tsx'
import { SettingsScreen } from '../features/settings/SettingsScreen.tsx'
import { useStore } from '../store/store.ts'
import { Banners } from './Banners.tsx'
import { ErrorBoundary } from './ErrorBoundary.tsx'
import { LiveRegion } from './LiveRegion.tsx'
import { Rail } from './Rail.tsx'
import './shell.css'
import { TonightStrip } from './TonightStrip.tsx'
import { useGlobalCommands } from './useGlobalCommands.ts'

const SCREEN_OF: Readonly<
  Record<Screen, { readonly name: string; readonly draw: () => ReactNode }>
> = {
  draft: { name: 'Draft', draw: () => <DraftScreen /> },
  library: { name: 'Library', draw: () => <LibraryScreen /> },
  frames: { name: 'Frames', draw: () => <FramesScreen /> },
  queue: { name: 'Queue', draw: () => <QueueScreen /> },
  review: { name: 'Review', draw: () => <ReviewScreen /> },
  insights: { name: 'Insights', draw: () => <InsightsScreen /> },
  settings: { name: 'Settings', draw: () => <SettingsScreen /> },
}

export function Shell() {
  const screen = useStore((store) => store.screen)
  useGlobalCommands()
  useCommandKeys()
  const { name, draw } = SCREEN_OF[screen]
  return (
    <div className="shell">
      <TonightStrip />
      <Rail />
      <div className="shell-main">
        <Banners />
        <main className="screen" aria-label={name}>
          <ErrorBoundary key={screen} place={name}>
            {draw()}
          </ErrorBoundary>
        </main>
      </div>
      <Palette />
      <KeysHelp />
      <LiveRegion />
    </div>
  )
}
