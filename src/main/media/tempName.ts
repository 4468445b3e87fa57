import { randomBytes } from 'node:crypto'
import { rename, rm } from 'node:fs/promises'
import { basename, dirname, extname, join } from 'node:path'
import type { JobError } from '../../shared/domain/errors.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { fileError } from './mediaError.ts'
import { syncFile, syncFolder } from './publish.ts'

/** A hidden name in the same folder and with the same ending, so that a rename publishes it whole. */
export function tempNameFor(path: string): string {
  const mark = randomBytes(6).toString('hex')
  return join(dirname(path), `.${basename(path, extname(path))}.${mark}${extname(path)}`)
}

/**
 * Makes files whole or not at all: `make` writes the temporary names it is given, in the order of
 * `paths`; they are renamed when it succeeded and removed when it did not.
 */
export async function publish(
  paths: readonly string[],
  make: (temps: readonly string[]) => Promise<Result<void, JobError>>,
): Promise<Result<void, JobError>> {
  const temps = paths.map(tempNameFor)
  try {
    const made = await make(temps)
    if (!made.ok) return made
    for (const temp of temps) await syncFile(temp)
    for (const [index, path] of paths.entries()) await rename(temps[index] ?? path, path)
    for (const folder of new Set(paths.map(dirname))) await syncFolder(folder)
    return ok(undefined)
  } catch (cause) {
    return err(fileError(cause, `write ${paths.join(', ')}`))
  } finally {
    await Promise.all(temps.map((temp) => rm(temp, { force: true })))
  }
}
