import {
  existsSync,
  lstatSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statfsSync,
} from 'node:fs'
import { join } from 'node:path'

const MEMORY_DISK = '/dev/shm'
/** And the number of the process that it belongs to. */
const NAME = 'dailies-tests-'
/** Several times what the largest test, which unpacks the whole app, writes. */
const ENOUGH_BYTES = 4e9
const DAY_MS = 86_400_000

/**
 * Lets this run of the tests keep its temporary files in memory, where Linux has such a disk with room.
 * Else they wait at each commit, for a disk that has to hold nothing over the next minute.
 * A test kills processes, not machines, so what was written is there for whoever reads it next.
 */
export function tempInMemory(): void {
  if (process.env['TMPDIR'] !== undefined || process.platform !== 'linux' || !isFit()) return
  clearLeftBehind(MEMORY_DISK)
  const folder = mkdtempSync(join(MEMORY_DISK, `${NAME}${process.pid}-`))
  process.env['TMPDIR'] = folder
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }))
}

/**
 * A run that was killed leaves its folder; nobody else would ever give that memory back. Only old ones
 * go: the disk may be shared with a container, and the number of a run there is not known here.
 */
export function clearLeftBehind(disk: string): void {
  for (const name of readdirSync(disk)) {
    if (!name.startsWith(NAME)) continue
    const pid = Number.parseInt(name.slice(NAME.length), 10)
    if (pid > 0 && existsSync(`/proc/${pid}`)) continue
    try {
      const { uid, mtimeMs } = lstatSync(join(disk, name))
      if (uid === process.getuid?.() && mtimeMs < Date.now() - DAY_MS)
        rmSync(join(disk, name), { recursive: true, force: true })
    } catch {
      // Gone meanwhile, or not to be removed: no reason for a test not to start.
    }
  }
}

/** Some containers give it 64 MB, some systems start no program on it. */
function isFit(): boolean {
  const mount = readFileSync('/proc/mounts', 'utf8')
    .split('\n')
    .map((line) => line.split(' '))
    .find(([, folder]) => folder === MEMORY_DISK)
  const options = mount?.[3]?.split(',')
  if (options === undefined || options.includes('noexec') || options.includes('ro')) return false
  const { bavail, bsize } = statfsSync(MEMORY_DISK)
  return Math.min(bavail * bsize, process.availableMemory()) > ENOUGH_BYTES
}
