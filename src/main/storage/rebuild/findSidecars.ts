import { existsSync } from 'node:fs'
import { readdir, readFile, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { parseSidecar, type Sidecar } from '../../media/sidecar.ts'

/** A take that lies on disk with its sidecar. */
export interface FoundTake {
  readonly sidecar: Sidecar
  readonly path: string
  readonly sidecarPath: string
  readonly posterPath: string | null
  readonly filmstripPath: string | null
  readonly trashedAt: number | null
  /** When a person deleted it for good: the sidecar alone is left. */
  readonly deletedAt: number | null
}

export interface SidecarSearch {
  readonly takes: readonly FoundTake[]
  /** Sidecars that could not be used, and why. */
  readonly problems: readonly { readonly path: string; readonly message: string }[]
}

const ENDING = '.dailies.json'
const MOST_BYTES = 64 * 1024 * 1024

/** Every take with a sidecar in these folders and below, each once. Folders that are not there have none. */
export async function findSidecars(folders: readonly string[]): Promise<SidecarSearch> {
  const takes = new Map<string, FoundTake>()
  const problems: { path: string; message: string }[] = []
  for (const folder of new Set(folders)) {
    for (const path of await sidecarsIn(folder)) {
      const found = await readOne(path)
      if (typeof found === 'string') problems.push({ path, message: found })
      else takes.set(found.sidecar.takeId, found)
    }
  }
  return { takes: [...takes.values()], problems }
}

async function sidecarsIn(folder: string): Promise<readonly string[]> {
  if (!existsSync(folder)) return []
  const names = await readdir(folder, { recursive: true })
  return names.filter((name) => name.endsWith(ENDING)).map((name) => join(folder, name))
}

/** On the rules of all systems: a folder may be carried from one to another. */
const isPlainName = (name: string): boolean => !/[/\\:\0]/.test(name) && !/^\.{0,2}$/.test(name)

/** A text: why it cannot be used. */
async function readOne(sidecarPath: string): Promise<FoundTake | string> {
  try {
    const about = await stat(sidecarPath)
    // A pipe or a device has no end, and nothing of ours is that long.
    if (!about.isFile() || about.size > MOST_BYTES)
      return 'It is no sidecar by its kind or its size.'
    const read = parseSidecar(await readFile(sidecarPath, 'utf8'))
    if (!read.ok) return read.error.message
    const { name } = read.value.file
    // It is beside its sidecar, and nowhere that a made-up one may point to.
    if (!isPlainName(name)) return `It names ${name}, which is no name of a file beside it.`
    const path = join(dirname(sidecarPath), name)
    const found = await stat(path).catch(() => null)
    const trash = trashOf(read.value, found !== null)
    if (found === null && trash.deletedAt === null) return `Its video ${name} is not beside it.`
    if (found !== null && found.size !== read.value.file.bytes)
      return 'Its video is not of the size that it names.'
    const base = sidecarPath.slice(0, -ENDING.length)
    const still = (ending: string): string | null =>
      existsSync(`${base}${ending}`) ? `${base}${ending}` : null
    return {
      sidecar: read.value,
      path,
      sidecarPath,
      posterPath: still('.poster.jpg'),
      filmstripPath: still('.filmstrip.jpg'),
      ...trash,
    }
  } catch (cause) {
    return cause instanceof Error ? cause.message : String(cause)
  }
}

/**
 * What was in the trash and has no video was deleted, also where the engine was killed before it said so.
 * A deleted one whose video lies there again was brought back by the person.
 */
function trashOf(
  { review }: Sidecar,
  hasVideo: boolean,
): Pick<FoundTake, 'trashedAt' | 'deletedAt'> {
  const trashedAt = review?.trashedAt ?? null
  const deletedAt = review?.deletedAt ?? null
  if (!hasVideo) return { trashedAt, deletedAt: deletedAt ?? trashedAt }
  return { trashedAt: deletedAt === null ? trashedAt : null, deletedAt: null }
}
