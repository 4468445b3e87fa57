import { clipboard, dialog, shell, type BrowserWindow, type OpenDialogOptions } from 'electron'
import type { SystemPort } from '../ipc/systemPort.ts'

/** The system's own dialogs, file manager. `owner` is the window they belong to. */
export function createSystem(owner: () => BrowserWindow | null): SystemPort {
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
    async openFolder(path) {
      const problem = await shell.openPath(path)
      return problem === '' ? null : problem
    },
    copyText: (text) => void clipboard.writeText(text),
    showFile: (path) => shell.showItemInFolder(path),
  }
}
