import { closeSync, fsyncSync, openSync, renameSync, writeSync } from 'node:fs'

/** Readable and writable by its owner only. */
export const OWNER_ONLY = 0o600

/**
 * Puts a text under its name whole or not at all, on the disk when it returns.
 * @param mode permissions of the file, from its first byte on
 * @throws file system errors; what was there before is then as it was
 */
export function writeWhole(path: string, text: string, mode = 0o666): void {
  const part = `${path}.new`
  const file = openSync(part, 'w', mode)
  try {
    writeSync(file, text)
    fsyncSync(file)
  } finally {
    closeSync(file)
  }
  renameSync(part, path)
}
