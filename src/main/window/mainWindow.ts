import { BrowserWindow, nativeTheme, type WebContents } from 'electron'
import { PAGE_URL } from './pageProtocol.ts'
import { SMALLEST, type WindowMemory } from './windowState.ts'

export interface MainWindowOptions {
  readonly preload: string
  readonly icon: string
  readonly memory: WindowMemory
  /** Asked when the person closes the window: true keeps the app running without it. */
  readonly shouldStay: () => boolean
  /** The window went to the tray. */
  readonly onHidden: () => void
  readonly onOpened: (contents: WebContents) => void
}

/** The one window. Closed, it is hidden or gone; `show` brings it back either way. */
export interface MainWindow {
  show(): void
  /** Null while there is none. */
  current(): BrowserWindow | null
}

export function createMainWindow(options: MainWindowOptions): MainWindow {
  let window: BrowserWindow | null = null
  const open = (): BrowserWindow => {
    const made = buildWindow(options)
    made.on('close', (event) => {
      if (!options.shouldStay()) return
      event.preventDefault()
      made.hide()
      options.onHidden()
    })
    made.on('closed', () => (window = null))
    made.once('ready-to-show', () => made.show())
    options.onOpened(made.webContents)
    void made.loadURL(PAGE_URL)
    return made
  }
  return {
    current: () => window,
    show() {
      if (window === null) {
        window = open()
        return
      }
      if (window.isMinimized()) window.restore()
      window.show()
      window.focus()
    },
  }
}

function buildWindow({ preload, icon, memory }: MainWindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    ...memory.bounds(),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'Dailies',
    icon,
    // What is seen until the page has drawn itself; the page's own ground colours.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#101010' : '#ffffff',
    autoHideMenuBar: true,
    webPreferences: {
      preload,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      webSecurity: true,
      webviewTag: false,
      spellcheck: false,
    },
  })
  memory.follow(window)
  return window
}
