import { screen, type BrowserWindow, type Rectangle } from 'electron'
import Store from 'electron-store'
import { z } from 'zod'

export const SMALLEST = { width: 1024, height: 640 } as const
const AT_HOME = { width: 1440, height: 900 } as const

const stateSchema = z.object({
  bounds: z.object({ x: z.int(), y: z.int(), width: z.int(), height: z.int() }),
  isMaximised: z.boolean(),
})
type WindowState = z.infer<typeof stateSchema>

/** Where the window was; `window.json` of the data folder, worth nothing when it is broken. */
export interface WindowMemory {
  /** For the window's constructor. Centred when there is no memory, or its screen is gone. */
  bounds(): Partial<Rectangle>
  /** Remembers every move from now on, and maximises the window if it was. */
  follow(window: BrowserWindow): void
}

export function openWindowMemory(folder: string): WindowMemory {
  const file = new Store<Partial<WindowState>>({
    cwd: folder,
    name: 'window',
    clearInvalidConfig: true,
  })
  const parsed = stateSchema.safeParse(file.store)
  const known = parsed.success ? parsed.data : null
  return {
    bounds: () => (known !== null && isOnScreen(known.bounds) ? known.bounds : AT_HOME),
    follow(window) {
      if (known?.isMaximised === true) window.maximize()
      const remember = (): void => {
        if (window.isDestroyed() || window.isMinimized()) return
        file.store = { bounds: window.getNormalBounds(), isMaximised: window.isMaximized() }
      }
      // `resized` and `moved` do not come on Linux; hiding and closing always do.
      for (const event of ['resized', 'moved'] as const) window.on(event as 'resized', remember)
      window.on('close', remember)
      window.on('hide', remember)
    },
  }
}

/** Enough of the window's top lies on a screen to take hold of it. */
function isOnScreen({ x, y, width }: Rectangle): boolean {
  return screen.getAllDisplays().some(({ workArea }) => {
    const seen = Math.min(x + width, workArea.x + workArea.width) - Math.max(x, workArea.x)
    return seen >= 200 && y >= workArea.y && y <= workArea.y + workArea.height - 100
  })
}
