import { lazy, type ComponentType } from 'react'

import type { Screen } from '../../shared/ipc/commands.ts'
import { DraftScreen } from '../features/draft/DraftScreen.tsx'

interface ScreenEntry {
  readonly name: string
  readonly Content: ComponentType
}

/** The screens that the first one does not wait for. */
const LATER = {
  library: async () => (await import('../features/library/LibraryScreen.tsx')).LibraryScreen,
  frames: async () => (await import('../features/frames/FramesScreen.tsx')).FramesScreen,
  queue: async () => (await import('../features/queue/QueueScreen.tsx')).QueueScreen,
  review: async () => (await import('../features/review/ReviewScreen.tsx')).ReviewScreen,
  insights: async () => (await import('../features/insights/InsightsScreen.tsx')).InsightsScreen,
  settings: async () => (await import('../features/settings/SettingsScreen.tsx')).SettingsScreen,
} as const

const later = (load: () => Promise<ComponentType>): ComponentType =>
  lazy(async () => ({ default: await load() }))

export const SCREEN_OF: Readonly<Record<Screen, ScreenEntry>> = {
  draft: { name: 'Draft', Content: DraftScreen },
  library: { name: 'Library', Content: later(LATER.library) },
  frames: { name: 'Frames', Content: later(LATER.frames) },
  queue: { name: 'Queue', Content: later(LATER.queue) },
  review: { name: 'Review', Content: later(LATER.review) },
  insights: { name: 'Insights', Content: later(LATER.insights) },
  settings: { name: 'Settings', Content: later(LATER.settings) },
}

/** By then the first screen has what it shows, in ms. */
const FIRST_SCREEN_MS = 1_000

/** Fetches the code of the other screens once the first stands, so that none waits when asked for. */
export function fetchScreens(): () => void {
  const timer = setTimeout(() => {
    requestIdleCallback(() => {
      for (const load of Object.values(LATER)) void load()
    })
  }, FIRST_SCREEN_MS)
  return () => clearTimeout(timer)
}
