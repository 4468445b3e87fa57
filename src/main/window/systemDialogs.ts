import {
  clipboard,
  dialog,
  nativeImage,
  shell,
  type BrowserWindow,
  type NativeImage,
  type OpenDialogOptions,
} from 'electron'
import type { SystemPort } from '../ipc/systemPort.ts'

/** Pixels of what follows the pointer. */
const DRAG_WIDTH = 160

/**
 * The system's own dialogs, file manager. `owner` is the window they belong to, `icon` the picture of a
 * drag that has none of its own.
 */
export function createSystem(owner: () => BrowserWindow | null, icon: string): SystemPort {
  const pick = async (options: OpenDialogOptions): Promise<readonly string[]> => {
    const window = owner()
    const answer =
      window === null
        ? await dialog.showOpenDialog(options)
        : await dialog.showOpenDialog(window, options)
    return answer.canceled ? [] : answer.filePaths
  }
  return {
    pickFiles: ({ title, kinds, many }) =>
      pick({
        title,
        filters: kinds.map(({ name, endings }) => ({ name, extensions: [...endings] })),
        properties: many ? ['openFile', 'multiSelections'] : ['openFile'],
      }),
    async pickFolder({ title, start }) {
      const properties = ['openDirectory' as const, 'createDirectory' as const]
      const [path] = await pick({ title, defaultPath: start, properties })
      return path ?? null
    },
    async pickNewFile({ title, name, kinds }) {
      const filters = kinds.map((kind) => ({ name: kind.name, extensions: [...kind.endings] }))
      const window = owner()
      const options = { title, defaultPath: name, filters }
      const answer =
        window === null
          ? await dialog.showSaveDialog(options)
          : await dialog.showSaveDialog(window, options)
      return answer.canceled || answer.filePath === '' ? null : answer.filePath
    },
    confirm: (question) => confirm(owner(), question),
    async openFolder(path) {
      const problem = await shell.openPath(path)
      return problem === '' ? null : problem
    },
    copyText,
    showFile: (path) => shell.showItemInFolder(path),
    dragOut(paths, picture) {
      const [file] = paths
      if (file === undefined) return
      owner()?.webContents.startDrag({ file, files: [...paths], icon: dragPicture(picture, icon) })
    },
  }
}

async function confirm(
  window: BrowserWindow | null,
  { message, detail, yes }: Parameters<SystemPort['confirm']>[0],
): Promise<boolean> {
  const options = { message, detail, buttons: [yes, 'Cancel'], defaultId: 1, cancelId: 1 }
  const answer =
    window === null
      ? await dialog.showMessageBox(options)
      : await dialog.showMessageBox(window, options)
  return answer.response === 0
}

/** A drag without a picture is refused by some systems. */
function dragPicture(picture: string | null, icon: string): NativeImage {
  const own = picture === null ? nativeImage.createEmpty() : nativeImage.createFromPath(picture)
  return own.isEmpty() ? nativeImage.createFromPath(icon) : own.resize({ width: DRAG_WIDTH })
}

async function copyText(text: string): Promise<string | null> {
  try {
    await clipboard.writeText(text) // done at once before Electron 44
    return null
  } catch (error) {
    return error instanceof Error ? error.message : String(error)
  }
}
