import { randomBytes } from 'node:crypto'
import { rm } from 'node:fs/promises'
import { extname, join } from 'node:path'
import pLimit from 'p-limit'
import type { FileFrame } from '../../shared/domain/generation.ts'
import type { JobError } from '../../shared/domain/errors.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { FitJob } from '../media/fitPicture.ts'
import type { FrameFile, FrameStore } from './frameStore.ts'

export interface FrameFitterOptions {
  readonly store: Pick<FrameStore, 'read' | 'put' | 'pathOf'>
  readonly fit: (job: FitJob, signal: AbortSignal) => Promise<Result<void, JobError>>
  /** For pictures that are being made. */
  readonly tempFolder: string
}

/** Carries out `frame.fit`: the fitted picture lies in the store beside the one it was made from. */
export type FrameFitter = (
  frame: FileFrame,
  signal: AbortSignal,
) => Promise<Result<FileFrame, JobError>>

/** Decoders that run at once beside renders and downloads. */
const AT_ONCE = 2

/** Makes each fitted picture once, however many jobs send it. */
export function createFrameFitter(options: FrameFitterOptions): FrameFitter {
  const made = new Map<string, Promise<Result<FrameFile, JobError>>>()
  const limit = pLimit(AT_ONCE)
  return async (frame, signal) => {
    const { fit } = frame
    if (fit === undefined) return ok(frame)
    const key = `${frame.sha256} ${JSON.stringify(fit)}`
    const making = made.get(key) ?? limit(() => make(options, frame, signal))
    made.set(key, making)
    const picture = await making
    if (!picture.ok) {
      made.delete(key)
      return picture
    }
    const { role, sha256, contentType, bytes, width, height, name } = frame
    const original = { sha256, contentType, bytes, width, height, name, fit }
    return ok({ kind: 'file', role, ...picture.value, name: nameOf(frame), original })
  }
}

const ENDINGS = { 'image/png': '.png', 'image/jpeg': '.jpg' }

/** Servers judge an upload by its ending, too. */
const nameOf = ({ name, fit }: FileFrame): string =>
  `${name.slice(0, name.length - extname(name).length)}${ENDINGS[fit?.contentType ?? 'image/png']}`

async function make(
  { store, fit: carryOut, tempFolder }: FrameFitterOptions,
  frame: FileFrame,
  signal: AbortSignal,
): Promise<Result<FrameFile, JobError>> {
  if (frame.fit === undefined) return ok(frame)
  const unreadable = `The reference frame ${frame.name} cannot be read. Add it again, then retry.`
  try {
    await store.read(frame)
  } catch {
    return err({ kind: 'invalidRequest', code: 'FRAME_UNREADABLE', message: unreadable })
  }
  const ending = ENDINGS[frame.fit.contentType]
  const outPath = join(tempFolder, `dailies-fit-${randomBytes(8).toString('hex')}${ending}`)
  try {
    const job = { picturePath: store.pathOf(frame), fit: frame.fit, outPath }
    const done = await carryOut(job, signal)
    if (!done.ok) return done
    const kept = await store.put(outPath)
    if (kept.ok) return kept
    const message = `${kept.error.message} ${kept.error.mend}`
    return err({ kind: 'disk', code: 'FRAME_NOT_KEPT', message })
  } finally {
    await rm(outPath, { force: true })
  }
}
