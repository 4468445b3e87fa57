import type { QueueContext, Halt } from './context.ts'

/** Kept free beside what outstanding clips need: the database, the journal and stills grow too. */
const SPARE_BYTES = 64 * 1024 * 1024
/** For the next claim, where nothing is under way. */
const ONE_CLIP_BYTES = 24 * 1024 * 1024
const LOOK_EVERY_MS = 1_000

/** What stops every claim: no room, no folder, no database, memories that differ. */
export interface Halts {
  /** Something went wrong while writing; claims stop until a look finds it mended. */
  raise(halt: Halt): void
  /** Looks, at most once a second, and says why nothing may be claimed; null when all is well. */
  check(): Promise<Halt | null>
  current(): Halt | null
  /** Something changed outside: the next check looks at once. */
  lookAgain(): void
}

interface HaltDeps {
  readonly ctx: () => Pick<QueueContext, 'store' | 'delivery' | 'clock' | 'emit'>
  /** Folder of the database itself. */
  readonly dataDir: string
  readonly guard: () => Halt | null
}

/** Announces each change once; work goes on by itself when the cause is gone. */
export function createHalts({ ctx, dataDir, guard }: HaltDeps): Halts {
  let current: Halt | null = null
  let lookedAt = Number.NEGATIVE_INFINITY
  const set = (halt: Halt | null): void => {
    if (halt?.code === current?.code && halt?.message === current?.message) return
    current = halt
    ctx().emit(
      halt === null
        ? { type: 'resumed' }
        : { type: 'halted', code: halt.code, message: halt.message },
    )
  }
  return {
    raise: set,
    current: () => current,
    lookAgain: () => void (lookedAt = Number.NEGATIVE_INFINITY),
    check: async () => {
      const now = ctx().clock.monotonic()
      if (now - lookedAt >= LOOK_EVERY_MS) {
        lookedAt = now
        set(guard() ?? (await findCause(ctx(), dataDir)))
      }
      return current
    },
  }
}

async function findCause(
  { store, delivery }: ReturnType<HaltDeps['ctx']>,
  dataDir: string,
): Promise<Halt | null> {
  const merge = store.read((tx) => tx.flag('mergePending'))
  if (merge !== null) return { code: 'mergePending', message: merge }
  // Folders of one disk share its room.
  const bytesOn = new Map<number, number>()
  for (const { outDir, bytes } of store.read((tx) => tx.outstanding())) {
    const room = await delivery.roomAt(outDir)
    if (!room.ok) return { code: 'folderUnusable', message: room.error.message }
    if (room.value === null) continue
    const { freeBytes, disk } = room.value
    const together = bytes + (bytesOn.get(disk) ?? 0)
    bytesOn.set(disk, together)
    const needed = SPARE_BYTES + Math.max(together, ONE_CLIP_BYTES)
    if (freeBytes < needed)
      return { code: 'diskFull', message: roomWords(outDir, freeBytes, needed) }
  }
  const own = await delivery.roomAt(dataDir)
  if (!own.ok) return { code: 'folderUnusable', message: own.error.message }
  if (own.value !== null && own.value.freeBytes < SPARE_BYTES)
    return { code: 'diskFull', message: roomWords(dataDir, own.value.freeBytes, SPARE_BYTES) }
  return null
}

const megabytes = (bytes: number): string => `${Math.round(bytes / 1_000_000)} MB`
const roomWords = (folder: string, free: number, needed: number): string =>
  `${megabytes(free)} free, and ${megabytes(needed)} needed for what is under way, in ${folder}. Make room; work goes on by itself.`

/** A folder that clips of open jobs go to. */
export interface Outstanding {
  readonly outDir: string
  /** What is under way will take about this much, by what its routes delivered before. */
  readonly bytes: number
}
