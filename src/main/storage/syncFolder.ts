import { closeSync, fsyncSync, openSync } from 'node:fs'

/** Makes names in a folder durable. Windows has no such call; its renames are journaled. */
export function syncFolder(path: string): void {
  if (process.platform === 'win32') return
  const folder = openSync(path, 'r')
  try {
    fsyncSync(folder)
  } finally {
    closeSync(folder)
  }
}
