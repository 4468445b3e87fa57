import nodePath from 'node:path'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { CellFault } from '../../shared/domain/cell.ts'

/**
 * Where a picture lies that a batch file names. Not on a share (`\\host\share`) that the file itself is
 * not on: Windows would hand the person's login to whatever host a shared sheet names.
 */
export function framePath(
  folder: string,
  text: string,
  paths: Pick<typeof nodePath, 'parse' | 'resolve'> = nodePath,
): Result<string, CellFault> {
  const rootOf = (path: string): string => paths.parse(path).root.toLowerCase()
  const path = paths.resolve(folder, text)
  const root = rootOf(path)
  const isForeign = root.startsWith('\\\\') && root !== rootOf(paths.resolve(folder))
  return isForeign ? err(ON_A_SHARE) : ok(path)
}

const ON_A_SHARE: CellFault = {
  code: 'frameOnShare',
  message: 'It names a share of another machine, which is not opened for a batch file.',
  mend: 'Copy the picture beside the batch file, or give the share a drive letter.',
}
