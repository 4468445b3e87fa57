import { extname, resolve } from 'node:path'
import { BATCH_ENDINGS } from '../../shared/domain/batchColumns.ts'
import { fileURLToPath } from 'node:url'

/** Batch files that the system hands to the app: on its command line, or by opening one with it. */
export interface HandedFiles {
  /** Arguments of a start; whatever is no batch file is passed over. */
  add(args: readonly string[], folder: string): void
  /** Those that were not taken yet. */
  take(): readonly string[]
  /** Called after each `add` that brought files. */
  listen(listener: () => void): void
}

export function createHandedFiles(): HandedFiles {
  let waiting: readonly string[] = []
  let tell: () => void = () => undefined
  return {
    add(args, folder) {
      const files = args
        .filter((arg) => !arg.startsWith('-') && BATCH_ENDINGS.includes(extname(arg).toLowerCase()))
        .flatMap((arg) => pathOf(arg, folder))
      if (files.length === 0) return
      waiting = [...waiting, ...files]
      tell()
    },
    take() {
      const taken = waiting
      waiting = []
      return taken
    },
    listen(listener) {
      tell = listener
    },
  }
}

/** Linux desktops hand over addresses (`%U` of a desktop entry), terminals and other systems paths. */
function pathOf(arg: string, folder: string): readonly string[] {
  if (!/^[a-z][a-z\d+.-]+:\/\//i.test(arg)) return [resolve(folder, arg)]
  if (!arg.startsWith('file:')) return []
  try {
    return [fileURLToPath(arg)]
  } catch {
    // Not an address of a file on this machine.
    return []
  }
}
