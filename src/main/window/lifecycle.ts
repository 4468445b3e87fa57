import { app, dialog } from 'electron'

/**
 * One app per data folder: the second start shows the first one's window and leaves. Electron keeps
 * the lock in `userData`, which lies in the data folder.
 */
export function isOnlyInstance(
  onSecondStart: (args: readonly string[], folder: string) => void,
): boolean {
  if (!app.requestSingleInstanceLock()) return false
  app.on('second-instance', (_event, args, folder) => onSecondStart(args, folder))
  return true
}

/** Quitting waits for `close`; asked a second time, the app leaves at once. */
export function quitAfter(close: () => Promise<void>): void {
  let stage: 'running' | 'closing' | 'closed' = 'running'
  app.on('before-quit', (event) => {
    if (stage === 'closed') return
    event.preventDefault()
    if (stage === 'closing') return app.exit(0)
    stage = 'closing'
    void close().finally(() => {
      stage = 'closed'
      app.quit()
    })
  })
  // The last window went, and nothing is left to do without one (see `shouldStay`).
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit()
  })
}

/** Nothing can be opened at all: says so in a box of the system's, and ends. */
export async function endWithMessage(message: string, isQuiet: boolean): Promise<void> {
  process.stderr.write(`${message}\n`)
  if (isQuiet) return app.exit(1)
  await app.whenReady() // before that, Linux shows no box
  dialog.showErrorBox('Dailies cannot start', message)
  app.exit(1)
}
