import { SCREENS, type Screen } from '../../shared/ipc/commands.ts'
import type { Handlers } from '../commands/registry.ts'
import { useCommands } from '../commands/useCommands.ts'
import { newDraft } from '../store/draftFiles.ts'
import { importDraft } from '../store/importStore.ts'
import { addFrameFolder, addFramesFromDialog } from '../store/frameActions.ts'
import { stopCountdown, whyNoCountdown } from '../store/nightActions.ts'
import { openNightReport } from '../store/nightReport.ts'
import { act } from '../store/notify.ts'
import { askProviders } from '../store/offers.ts'
import { pause, pauseOrResume } from '../store/queueActions.ts'
import { useStore } from '../store/store.ts'
import { askForUpdate } from '../store/updates.ts'

const goTo = (screen: Screen) => ({ run: () => useStore.getState().go(screen) })

const GO: Handlers = Object.fromEntries(SCREENS.map((screen) => [`go.${screen}`, goTo(screen)]))

function openFolder(folder: 'out' | 'logs' | 'data'): void {
  void act('The folder was not opened.', 'app.openFolder', { folder })
}

function switchTheme(): void {
  const { settings, changeSettings } = useStore.getState()
  if (settings === null) return
  const isDark = document.documentElement.dataset['theme'] === 'dark'
  void changeSettings({ appearance: { ...settings.appearance, theme: isDark ? 'light' : 'dark' } })
}

function switchDensity(): void {
  const { settings, changeSettings } = useStore.getState()
  if (settings === null) return
  const density = settings.appearance.density === 'compact' ? 'comfortable' : 'compact'
  void changeSettings({ appearance: { ...settings.appearance, density } })
}

const GLOBAL: Handlers = {
  ...GO,
  'draft.new': { run: () => void newDraft() },
  'draft.import': { run: () => void importDraft() },
  'frames.add': { run: () => void addFramesFromDialog() },
  'frames.addFolder': { run: () => void addFrameFolder() },
  'app.openOutFolder': { run: () => openFolder('out') },
  'app.openLogs': { run: () => openFolder('logs') },
  'app.askForUpdate': { run: () => void askForUpdate() },
  'app.licences': { run: () => useStore.getState().showOverlay('licences') },
  'app.quit': { run: () => void act('The app did not quit.', 'app.quit') },
  'app.palette': { run: () => useStore.getState().showOverlay('palette') },
  'app.keys': { run: () => useStore.getState().showOverlay('keys') },
  'app.addKey': { run: () => useStore.getState().addKey(null) },
  'app.askProviders': { run: () => void askProviders() },
  'view.theme': { run: switchTheme },
  'view.density': { run: switchDensity },
  'nights.plan': { run: () => useStore.getState().showOverlay('nights') },
  'nights.report': { run: () => void openNightReport() },
  'nights.stopCountdown': { run: stopCountdown, why: whyNoCountdown },
  'queue.pauseOrResume': { run: () => void pauseOrResume() },
  'queue.needsYou': { run: () => useStore.getState().showQueue('needsYou') },
  'queue.hold': { run: () => void pause({ all: true }, true) },
}

/** Commands that work on every screen. */
export function useGlobalCommands(): void {
  useCommands(GLOBAL)
}
