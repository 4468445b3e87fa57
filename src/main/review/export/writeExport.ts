import { existsSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { dirname, extname, resolve } from 'node:path'
import type { JobError } from '../../../shared/domain/errors.ts'
import type { CollisionRule } from '../../../shared/domain/export.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { diskError, fileError } from '../../media/mediaError.ts'
import { publishFile, syncFile, syncFolder } from '../../media/publish.ts'
import { sidecarPathFor } from '../../media/sidecar.ts'
import { removeTemp, tempNameFor } from '../../media/tempName.ts'
import { writeClip, type ClipTools, type ClipWork } from '../../media/trim/writeClip.ts'

export interface ExportFile {
  readonly path: string
  readonly work: ClipWork
  /** What must not be written over. */
  readonly sources: readonly string[]
  readonly collision: CollisionRule
}

export type Written =
  | { readonly kind: 'written'; readonly path: string }
  | { readonly kind: 'skipped' }

/**
 * Makes one file, whole or not at all: under a hidden name beside its place, and given its own when it
 * is done. A take is never written over, whatever the collision rule says.
 */
export async function writeExport(
  tools: ClipTools,
  { path, work, sources, collision }: ExportFile,
): Promise<Result<Written, JobError>> {
  if (isTake(path, sources)) return err(IS_A_TAKE)
  if (collision === 'skip' && existsSync(path)) return ok({ kind: 'skipped' })
  const temp = tempNameFor(path)
  try {
    await mkdir(dirname(path), { recursive: true })
    const made = await writeClip(tools, work, temp)
    if (!made.ok) return made
    await syncFile(temp)
    return ok(await giveName(temp, path, collision))
  } catch (cause) {
    return err(fileError(cause, `write ${path}`))
  } finally {
    await removeTemp(temp)
  }
}

const isTake = (path: string, sources: readonly string[]): boolean =>
  sources.some((source) => resolve(source) === resolve(path)) || existsSync(sidecarPathFor(path))

const IS_A_TAKE = diskError(
  'NAME_IS_A_TAKE',
  'A take lies under that name, and takes are never replaced. Change the naming or the folder.',
)
const MOST_NUMBERS = 10_000

async function giveName(temp: string, path: string, collision: CollisionRule): Promise<Written> {
  if (collision === 'replace') {
    await rename(temp, path)
    await syncFolder(dirname(path))
    return { kind: 'written', path }
  }
  for (let number = 1; number < MOST_NUMBERS; number += 1) {
    const named = number === 1 ? path : numbered(path, number)
    try {
      await publishFile(temp, named)
      return { kind: 'written', path: named }
    } catch (cause) {
      // Somebody else took the name in this very moment.
      if (!(cause instanceof Error && 'code' in cause && cause.code === 'EEXIST')) throw cause
      if (collision === 'skip') return { kind: 'skipped' }
    }
  }
  throw new Error('no free name is left')
}

function numbered(path: string, number: number): string {
  const ending = extname(path)
  return `${path.slice(0, path.length - ending.length)} (${number})${ending}`
}
