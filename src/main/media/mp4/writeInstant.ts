import { open, type FileHandle } from 'node:fs/promises'
import type { IndexBox } from './boxTree.ts'
import type { InstantPlan } from './instantPlan.ts'
import type { Movie } from './movie.ts'
import { clipFile } from './writeMovie.ts'

export interface InstantJob {
  readonly source: FileHandle
  readonly movie: Movie
  readonly plan: InstantPlan
  /** A temporary name: it is written from its start. */
  readonly outPath: string
  /** Boxes for the end of the index. */
  readonly more: readonly IndexBox[]
  readonly signal: AbortSignal
}

const PART_BYTES = 4 * 1024 * 1024

/** Writes a clip of a film's own packets. @throws the file system's errors, and the signal's reason */
export async function writeInstant(job: InstantJob): Promise<void> {
  const { head, pieces } = clipFile(job.movie, job.plan, job.more)
  const out = await open(job.outPath, 'w')
  try {
    await out.writeFile(head)
    const buffer = new Uint8Array(PART_BYTES)
    for (const piece of pieces) await copyPiece(job, { out, buffer, ...piece })
  } finally {
    await out.close()
  }
}

interface Copying {
  readonly out: FileHandle
  readonly buffer: Uint8Array
  readonly offset: number
  readonly bytes: number
}

async function copyPiece(
  { source, signal }: InstantJob,
  { out, buffer, offset, bytes }: Copying,
): Promise<void> {
  for (let done = 0; done < bytes;) {
    signal.throwIfAborted()
    const wanted = Math.min(buffer.length, bytes - done)
    const { bytesRead } = await source.read(buffer, 0, wanted, offset + done)
    if (bytesRead === 0) throw new Error('the video ends before its last packet')
    await out.writeFile(buffer.subarray(0, bytesRead))
    done += bytesRead
  }
}
