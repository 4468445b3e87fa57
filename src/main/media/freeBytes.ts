import { statfs } from 'node:fs/promises'
import { dirname } from 'node:path'

/** Space of a folder, or of the nearest one above it that is there; null where it cannot be told. */
export async function freeBytes(folder: string): Promise<number | null> {
  const found = await statfs(folder).catch(() => null)
  if (found !== null) return found.bavail * found.bsize
  return dirname(folder) === folder ? null : freeBytes(dirname(folder))
}
