import { Menu, Tray } from 'electron'
import type { TonightView } from '../../shared/domain/views.ts'
import { trayText } from './sentences.ts'

export interface TrayOptions {
  readonly icon: string
  readonly open: () => void
  readonly pauseOrResume: () => void
  readonly quit: () => void
}

/** The icon beside the clock: counts, pause, open, quit. */
export interface AppTray {
  update(tonight: TonightView | null): void
  remove(): void
}

export function createTray({ icon, open, pauseOrResume, quit }: TrayOptions): AppTray {
  const tray = new Tray(icon)
  tray.on('click', open)
  let shown = ''
  const update = (tonight: TonightView | null): void => {
    const text = trayText(tonight)
    if (text === shown) return
    shown = text
    tray.setToolTip(text)
    tray.setContextMenu(
      Menu.buildFromTemplate([
        { label: text, enabled: false },
        { type: 'separator' },
        { label: 'Open Dailies', click: open },
        {
          label: tonight?.paused === true ? 'Resume' : 'Pause',
          enabled: tonight !== null,
          click: pauseOrResume,
        },
        { type: 'separator' },
        { label: 'Quit', click: quit },
      ]),
    )
  }
  update(null)
  return { update, remove: () => tray.destroy() }
}
