import { appPaths, makeDataDir, type AppPaths } from '../../../src/main/storage/appPaths.ts'
import { takeEngineLock } from '../../../src/main/storage/engineLock.ts'
import { openStorage, type Storage } from '../../../src/main/storage/openStorage.ts'
import { openDatabase } from '../../../src/main/storage/openDatabase.ts'
import type { Migration } from '../../../src/main/storage/migrations/index.ts'
import { folderWith } from '../folder.ts'

export const NOW = Date.UTC(2026, 10, 22, 22)

/** A data folder with its parts made, gone after the test. */
export function dataFolder(at = folderWith()): AppPaths {
  const paths = appPaths(at)
  const made = makeDataDir(paths)
  if (!made.ok) throw new Error(made.error.message)
  return paths
}

/** Takes the lock and opens the database, as an engine does first. The lock is freed with the test's process. */
export function openAs(paths: AppPaths, migrations?: readonly Migration[], now = NOW) {
  const lock = takeEngineLock(paths)
  if (!lock.ok) throw new Error(lock.error.message)
  const opened = openDatabase(lock.value, {
    database: paths.database,
    backups: paths.backups,
    now,
    ...(migrations === undefined ? {} : { migrations }),
  })
  lock.value.release()
  return opened
}

/** Lock, database and journal together; ids of new jobs count on. */
export async function openBoth(paths: AppPaths, now = NOW): Promise<Storage> {
  let n = 0
  const opened = await openStorage({
    ...paths,
    face: 'cli',
    now: () => now,
    newJobId: () => `job_new${String((n += 1)).padStart(5, '0')}`,
  })
  if (!opened.ok) throw new Error(opened.error.message)
  return opened.value
}
