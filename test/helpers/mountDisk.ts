import { spawnSync } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'

/** A disk that can be filled to the last byte. */
export interface MountedDisk {
  fill(): void
  free(): void
  /** What lay in the folder before is there again. */
  unmount(): void
}

/** Null where mounting is not permitted: on most machines only root may. */
export function mountDisk(folder: string, megabytes: number): MountedDisk | null {
  const size = `size=${megabytes}m`
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', size, 'dailies-test', folder])
  if (mounted.status !== 0) return null
  const filler = join(folder, 'filler')
  return {
    fill: () => fillUp(filler),
    free: () => rmSync(filler, { force: true }),
    unmount: () => void spawnSync('umount', ['-l', folder]),
  }
}

function fillUp(path: string): void {
  const file = openSync(path, 'a')
  try {
    for (let size = 1 << 20; size >= 1; size = size === 1 ? 0 : size >> 2) {
      const block = Buffer.alloc(size)
      while (hasRoom(file, block));
    }
  } finally {
    closeSync(file)
  }
}

function hasRoom(file: number, block: Buffer): boolean {
  try {
    return writeSync(file, block) === block.length
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false
    throw error
  }
}
