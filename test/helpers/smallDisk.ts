import { spawnSync } from 'node:child_process'
import { closeSync, openSync, rmSync, writeSync } from 'node:fs'
import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { folderWith } from './folder.ts'

/** A disk of its own that can be filled to the last byte. */
export interface SmallDisk {
  readonly folder: string
  fill(): void
  free(): void
}

/** Null where mounting is not permitted: on most machines only root may. */
export function smallDisk(megabytes: number): SmallDisk | null {
  const folder = join(folderWith({ 'disk/.keep': '' }), 'disk')
  const size = `size=${megabytes}m`
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', size, 'dailies-test', folder])
  if (mounted.status !== 0) return null
  // Before the folder is removed: callbacks run last in, first out.
  onTestFinished(() => void spawnSync('umount', ['-l', folder]))
  const filler = join(folder, 'filler')
  return { folder, fill: () => fillUp(filler), free: () => rmSync(filler, { force: true }) }
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
