import { writeFile } from 'node:fs/promises'
import { safeName } from '../../../shared/domain/naming.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { ipcError, type IpcError } from '../../../shared/ipc/ipcError.ts'
import type { AppServices } from '../services.ts'

interface NewFile {
  /** Without its ending. */
  readonly name: string
  readonly ending: string
}

/** Asks where a new file goes, and writes it. False: the person closed the dialog. */
export async function saveFile(
  { system }: Pick<AppServices, 'system'>,
  { name, ending }: NewFile,
  content: () => Promise<string | Uint8Array>,
): Promise<Result<boolean, IpcError>> {
  const word = ending.toUpperCase()
  const kinds = [{ name: word, endings: [ending] }]
  const path = await system.pickNewFile({
    title: `Export as ${word}`,
    name: `${safeName(name)}.${ending}`,
    kinds,
  })
  if (path === null) return ok(false)
  try {
    await writeFile(path, await content())
    return ok(true)
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error)
    const message = `The file was not written: ${why}. Choose another place.`
    return err(ipcError('SYSTEM_REFUSED', message))
  }
}
