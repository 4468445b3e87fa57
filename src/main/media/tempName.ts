import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'

/** A hidden name in the same folder and with the same ending, so that a rename publishes it whole. */
export function tempNameFor(path: string): string {
  const mark = randomBytes(6).toString('hex')
  return join(dirname(path), `.${basename(path, extname(path))}.${mark}${extname(path)}`)
}

/** Takes away what is left of a try. That it cannot must not hide why the try failed. */
export const removeTemp = (path: string): Promise<void> =>
  rm(path, { force: true }).catch(() => undefined)
