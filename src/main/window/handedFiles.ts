import { extname, resolve } from 'node:path'

/** Batch files that the system hands to the app: on its command line, or by opening one with it. */
export interface HandedFiles {
  /** Arguments of a start; whatever is no batch file is passed over. */
  add(args: readonly string[], folder: string): void
  /** Those that were not taken yet. */
  take(): readonly string[]
  /** Called after each `add` that brought files. */
  listen(listener: () => void): void
}

const ENDINGS = ['.csv', '.tsv', '.tab', '.json', '.txt', '.xlsx']

export function createHandedFiles(): HandedFiles {
  let waiting: readonly string[] = []
  let tell: () => void = () => undefined
  return {
    add(args, folder) {
      const files = args.filter(
        (arg) => !arg.startsWith('-') && ENDINGS.includes(extname(arg).toLowerCase()),
      )
      if (files.length === 0) return
      waiting = [...waiting, ...files.map((file) => resolve(folder, file))]
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
