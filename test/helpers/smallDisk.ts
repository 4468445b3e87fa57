import { join } from 'node:path'
import { onTestFinished } from 'vitest'
import { folderWith } from './folder.ts'
import { mountDisk, type MountedDisk } from './mountDisk.ts'

/** A disk of its own for one test. */
export interface SmallDisk extends Pick<MountedDisk, 'fill' | 'free'> {
  readonly folder: string
}

/** Null where mounting is not permitted. */
export function smallDisk(megabytes: number): SmallDisk | null {
  const folder = join(folderWith({ 'disk/.keep': '' }), 'disk')
  const disk = mountDisk(folder, megabytes)
  if (disk === null) return null
  // Before the folder is removed: callbacks run last in, first out.
  onTestFinished(() => disk.unmount())
  return { folder, fill: disk.fill, free: disk.free }
}
