import { stat } from 'node:fs/promises'
import { basename, extname, isAbsolute } from 'node:path'
import { z } from 'zod'
import type { DroppedFile } from '../../shared/ipc/api.ts'
import { ipcError, type Envelope } from '../../shared/ipc/ipcError.ts'

/** Files that the person dropped on the window: main keeps the paths, the page gets ids. */
export interface Drops {
  /** From the preload alone: it asks real `File` objects for their paths. */
  receive(
    paths: unknown,
    from: { readonly isTrusted: boolean },
  ): Promise<Envelope<readonly DroppedFile[]>>
  /** Null for an id that was never given, or long ago. */
  pathOf(dropId: string): string | null
}

const pathsSchema = z.array(z.string().min(1).max(32_000).refine(isAbsolute)).max(2000)
/** Enough for several drops of the largest size; older ones are forgotten. */
const REMEMBERED = 10_000

const IMAGES = ['.png', '.jpg', '.jpeg', '.webp', '.gif']
const BATCH_FILES = ['.csv', '.tsv', '.json', '.txt', '.xlsx']

export function createDrops(newId: () => string): Drops {
  const paths = new Map<string, string>()
  const remember = async (path: string): Promise<DroppedFile[]> => {
    const found = await stat(path).catch(() => null)
    if (found === null) return []
    const dropId = newId()
    paths.set(dropId, path)
    return [{ dropId, name: basename(path), kind: found.isDirectory() ? 'folder' : kindOf(path) }]
  }
  return {
    async receive(sent, { isTrusted }) {
      if (!isTrusted) {
        const message = 'Only the window of Dailies itself may hand over files.'
        return { ok: false, error: ipcError('UNTRUSTED_SENDER', message) }
      }
      const parsed = pathsSchema.safeParse(sent)
      if (!parsed.success) {
        return { ok: false, error: ipcError('BAD_INPUT', 'Drop at most 2000 files at once.') }
      }
      const data = (await Promise.all(parsed.data.map(remember))).flat()
      for (const id of [...paths.keys()].slice(0, -REMEMBERED)) paths.delete(id)
      return { ok: true, data }
    },
    pathOf: (dropId) => paths.get(dropId) ?? null,
  }
}

function kindOf(path: string): DroppedFile['kind'] {
  const ending = extname(path).toLowerCase()
  if (IMAGES.includes(ending)) return 'image'
  return BATCH_FILES.includes(ending) ? 'batchFile' : 'other'
}
