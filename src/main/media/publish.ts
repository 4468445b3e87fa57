import { link, open, rename, rm } from 'node:fs/promises'
import { dirname } from 'node:path'
import type { JobError } from '../../shared/domain/errors.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { fileError } from './mediaError.ts'
import { removeTemp, tempNameFor } from './tempName.ts'

/**
 * Gives a whole, fsynced file its final name without ever replacing one, and makes the name durable
 * (money rule 11). The part file is gone afterwards.
 * @throws `EEXIST` when the name is taken, or the file system's own error
 */
export async function publishFile(partPath: string, finalPath: string): Promise<void> {
  try {
    await link(partPath, finalPath)
  } catch (error) {
    if (!cannotLink(error)) throw error
    await takeName(partPath, finalPath)
  }
  await syncFolder(dirname(finalPath))
  await rm(partPath, { force: true })
}

/**
 * exFAT and some network drives have no hard links. The name is taken by an empty file of ours, which
 * fails where there is one, and that is replaced in one step: a crash never leaves half a clip.
 */
async function takeName(partPath: string, finalPath: string): Promise<void> {
  const empty = await open(finalPath, 'wx')
  await empty.close()
  await rename(partPath, finalPath)
}

const NO_LINKS = new Set(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EXDEV', 'EMLINK'])

function cannotLink(error: unknown): boolean {
  return error instanceof Error && 'code' in error && NO_LINKS.has(String(error.code))
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
    await Promise.all(temps.map(removeTemp))
  }
}

/** Makes the bytes of a file durable. */
export async function syncFile(path: string): Promise<void> {
  const file = await open(path, 'r+')
  try {
    await file.sync()
  } finally {
    await file.close()
  }
}

/** Makes names in a folder durable, where the system can. */
export async function syncFolder(path: string): Promise<void> {
  // Windows has no such call and needs none.
  if (process.platform === 'win32') return
  const folder = await open(path, 'r')
  try {
    await folder.sync()
  } finally {
    await folder.close()
  }
}
