import { stat } from 'node:fs/promises'
import { basename, extname, isAbsolute } from 'node:path'
import { z } from 'zod'
import { BATCH_ENDINGS } from '../../shared/domain/batchColumns.ts'
import type { DroppedFile } from '../../shared/ipc/api.ts'
import { PICTURE_ENDINGS } from '../library/frameImport.ts'
import { ipcError, type Envelope } from '../../shared/ipc/ipcError.ts'

/** Files that the person dropped on the window: main keeps the paths, the page gets ids. */
export interface Drops {
  /** From the preload alone: it asks real `File` objects for their paths. */
  receive(
    paths: unknown,
    from: { readonly isTrusted: boolean },
  ): Promise<Envelope<readonly DroppedFile[]>>
  /** Files that came another way, such as by a dialog. */
  keep(paths: readonly string[]): Promise<readonly DroppedFile[]>
  /** Files that the app was opened with and that nobody took yet. */
  handedOver(): Promise<readonly DroppedFile[]>
  /** Null for an id that was never given, or long ago. */
  pathOf(dropId: string): string | null
}

const pathsSchema = z.array(z.string().min(1).max(32_000).refine(isAbsolute)).max(2000)
/** Enough for several drops of the largest size; older ones are forgotten. */
const REMEMBERED = 10_000

export interface DropsOptions {
  readonly newId: () => string
  /** Takes the paths that the app was opened with since the last time. */
  readonly takeHanded?: () => readonly string[]
}

export function createDrops({ newId, takeHanded = () => [] }: DropsOptions): Drops {
  const paths = new Map<string, string>()
  const remember = async (path: string): Promise<DroppedFile[]> => {
    const found = await stat(path).catch(() => null)
    if (found === null) return []
    const dropId = newId()
    paths.set(dropId, path)
    return [{ dropId, name: basename(path), kind: found.isDirectory() ? 'folder' : kindOf(path) }]
  }
  const keep: Drops['keep'] = async (files) => {
    const kept = (await Promise.all(files.map(remember))).flat()
    for (const id of [...paths.keys()].slice(0, -REMEMBERED)) paths.delete(id)
    return kept
  }
  return {
    keep,
    handedOver: () => keep(takeHanded()),
    async receive(sent, { isTrusted }) {
      if (!isTrusted) {
        const message = 'Only the window of Dailies itself may hand over files.'
        return { ok: false, error: ipcError('UNTRUSTED_SENDER', message) }
      }
      const parsed = pathsSchema.safeParse(sent)
      if (!parsed.success) {
        return { ok: false, error: ipcError('BAD_INPUT', 'Drop at most 2000 files at once.') }
      }
      return { ok: true, data: await keep(parsed.data) }
    },
    pathOf: (dropId) => paths.get(dropId) ?? null,
  }
}

function kindOf(path: string): DroppedFile['kind'] {
  const ending = extname(path).toLowerCase()
  if (PICTURE_ENDINGS.includes(ending)) return 'image'
  return BATCH_ENDINGS.includes(ending) ? 'batchFile' : 'other'
}
