import { app, dialog, type WebContents } from 'electron'

/** The part of the logger that is needed here. */
export interface CrashLog {
  error(details: object, message: string): void
}

export interface CrashOptions {
  readonly log: CrashLog
  readonly logsDir: string
  /** Tests must not wait for somebody to press a button. */
  readonly isQuiet: boolean
}

/**
 * A bug that nobody caught leaves main in an unknown state: it is written down and the app ends. The
 * queue is on disk at every moment, so that the next start goes on where this one stopped.
 */
export function catchCrashes({ log, logsDir, isQuiet }: CrashOptions): void {
  let isDying = false
  const die = (error: unknown, where: string): void => {
    log.error({ err: error, where }, 'a bug that nobody caught')
    if (isDying) return
    isDying = true
    const message = error instanceof Error ? error.message : String(error)
    const advice = `Start it again: the queue goes on where it stopped. The log is in ${logsDir}.`
    if (!isQuiet) dialog.showErrorBox('Dailies had to stop', `${message}\n\n${advice}`)
    app.exit(1)
  }
  process.on('uncaughtException', (error) => die(error, 'uncaughtException'))
  process.on('unhandledRejection', (error) => die(error, 'unhandledRejection'))
  app.on('child-process-gone', (_, details) => {
    if (details.reason !== 'clean-exit')
      log.error({ details }, 'a helper process of Electron is gone')
  })
}

/** More than this often in a minute, and loading the page again is no cure. */
const MOST_RELOADS = 3
const MINUTE_MS = 60_000

/** A page that crashed is loaded again; the engine in main does not notice. */
export function reloadCrashedPage(contents: WebContents, log: CrashLog): void {
  let crashes: number[] = []
  contents.on('render-process-gone', (_, details) => {
    if (details.reason === 'clean-exit' || details.reason === 'killed') return
    log.error({ details }, 'the page crashed')
    const now = Date.now()
    crashes = [...crashes.filter((at) => now - at < MINUTE_MS), now]
    if (crashes.length <= MOST_RELOADS) contents.reload()
    else {
      dialog.showErrorBox(
        'The window of Dailies keeps crashing',
        'The queue goes on. Close the window and open it again from the tray; if that does not help, quit and start again.',
      )
    }
  })
  contents.on('unresponsive', () => log.error({}, 'the page does not answer'))
  contents.on('preload-error', (_, path, error) =>
    log.error({ path, err: error }, 'preload failed'),
  )
}
