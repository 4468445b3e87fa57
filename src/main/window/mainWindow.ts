import { BrowserWindow, nativeTheme, screen, type Rectangle, type WebContents } from 'electron'
import { PAGE_URL } from './pageProtocol.ts'
import type { Bounds, WindowMemory } from './windowMemory.ts'

const SMALLEST = { width: 1024, height: 640 } as const
const AT_HOME = { width: 1440, height: 900 } as const

export interface MainWindowOptions {
  readonly preload: string
  readonly icon: string
  readonly memory: WindowMemory
  readonly onOpened: (contents: WebContents) => void
}
/** What happens when the person closes the window; settled once the rest of the app is loaded. */
export interface CloseRules {
  /** True keeps the app running without it. */
  readonly shouldStay: () => boolean
  /** The window went to the tray. */
  readonly onHidden: () => void
}

/** The one window. Closed, it is hidden or gone; `show` brings it back either way. */
export interface MainWindow {
  show(): void
  /** Null while there is none. */
  current(): BrowserWindow | null
  setCloseRules(rules: CloseRules): void
  /** Resolves when the first page is there, or could not be loaded. */
  readonly loaded: Promise<void>
}

export function createMainWindow(options: MainWindowOptions): MainWindow {
  let window: BrowserWindow | null = null
  let rules: CloseRules | null = null
  let settle = (): void => undefined
  const loaded = new Promise<void>((done) => (settle = done))
  const open = (): BrowserWindow => {
    const made = buildWindow(options)
    made.on('close', (event) => {
      if (rules?.shouldStay() !== true) return
      event.preventDefault()
      made.hide()
      rules.onHidden()
    })
    made.on('closed', () => (window = null))
    made.once('ready-to-show', () => made.show())
    options.onOpened(made.webContents)
    void made.loadURL(PAGE_URL).then(settle, settle)
    return made
  }
  return {
    loaded,
    current: () => window,
    setCloseRules: (next) => void (rules = next),
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
  const { bounds, isMaximised, theme } = memory.get()
  nativeTheme.themeSource = theme
  const window = new BrowserWindow({
    ...(bounds !== null && isOnScreen(bounds) ? bounds : AT_HOME),
    minWidth: SMALLEST.width,
    minHeight: SMALLEST.height,
    show: false,
    title: 'Dailies',
    icon,
    // What is seen until the page has drawn itself; the page's own ground colours.
    backgroundColor: nativeTheme.shouldUseDarkColors ? '#121212' : '#f4f4f3',
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
  if (isMaximised) window.maximize()
  remember(window, memory)
  return window
}

function remember(window: BrowserWindow, memory: WindowMemory): void {
  const note = (): void => {
    if (window.isDestroyed() || window.isMinimized()) return
    memory.set({ bounds: window.getNormalBounds(), isMaximised: window.isMaximized() })
  }
  // `resized` and `moved` do not come on Linux; closing and hiding always do.
  window.on('resized', note)
  window.on('moved', note)
  window.on('close', note)
  window.on('hide', note)
}

/** Enough of the window's top lies on a screen to take hold of it. */
function isOnScreen({ x, y, width }: Bounds): boolean {
  const holds = ({ workArea }: { workArea: Rectangle }): boolean => {
    const seen = Math.min(x + width, workArea.x + workArea.width) - Math.max(x, workArea.x)
    return seen >= 200 && y >= workArea.y && y <= workArea.y + workArea.height - 100
  }
  return screen.getAllDisplays().some(holds)
}
