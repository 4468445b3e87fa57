import { createHash } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { access, copyFile, mkdir, rm, stat, statfs } from 'node:fs/promises'
import { basename, dirname, join } from 'node:path'
import pLimit from 'p-limit'
import type { ProviderId } from '../../shared/domain/ids.ts'
import type { JobError } from '../../shared/domain/errors.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import type { CallContext, OutputSource } from '../providers/spec.ts'
import type { Delivery, DeliverOutcome, DeliverRequest, Room } from '../jobs/context.ts'
import type { JobStore, OutputName } from '../jobs/ports.ts'
import type { JobRow } from '../jobs/jobRow.ts'
import { fileNameFor } from '../../shared/domain/naming.ts'
import { diskError } from './mediaError.ts'
import { publishFile, syncFile } from './publish.ts'
import { removeTemp } from './tempName.ts'

/** Fetches a URL into a part file, fsynced and hashed as it was written; see `providers/downloadOutput.ts`. */
export type DownloadToPart = (request: {
  readonly provider: ProviderId
  readonly source: Extract<OutputSource, { kind: 'url' }>
  readonly partPath: string
  readonly call: CallContext
  readonly signal: AbortSignal
  readonly onProgress?: DeliverRequest['onProgress']
}) => Promise<DeliverOutcome>

export interface DeliveryOptions {
  readonly store: JobStore
  readonly download: DownloadToPart
  /** Does the file end where its boxes say, with a video that can be decoded? */
  readonly isPlayable: (path: string) => Promise<Result<void, JobError>>
  /** Where clips go when their own folder is gone (money rule 12). */
  readonly spoolDir: string
  readonly namingTemplate: () => string
}

/** Files on their way; more would share the same line. */
const AT_ONCE = 6

/** Puts clips on disk: a reserved name, whole files only, nothing ever replaced. */
export function createDelivery(options: DeliveryOptions): Delivery {
  const transfers = pLimit(AT_ONCE)
  return {
    makeFolder,
    place: (job, takeNo) => place(options, job, takeNo),
    deliver: (request) => transfers(() => deliver(options, request)),
    roomAt,
  }
}

type Delivered = Extract<DeliverOutcome, { kind: 'delivered' }>

const LONGEST_NUMBER = 10_000

async function place(
  { store, namingTemplate, spoolDir }: DeliveryOptions,
  job: JobRow,
  takeNo: number,
): Promise<Result<string, JobError>> {
  const reserved = store.read((tx) => tx.output(job.id, takeNo))
  if (reserved !== null && (await isStillOurs(reserved))) return ok(reserved.path)
  const batch = store.read((tx) => tx.batch(job.batchId))
  const outDir = batch?.outDir ?? spoolDir
  const usable = await canWrite(outDir)
  const folder = usable ? outDir : spoolDir
  if (!usable && !(await canWrite(spoolDir)))
    return err(
      diskError(
        'FOLDER_UNUSABLE',
        `Neither ${outDir} nor the data folder can be written. Check both.`,
      ),
    )
  const base = fileNameFor(namingTemplate(), {
    batch: batch?.name ?? '',
    row: job.row,
    take: job.take,
    takeNo,
    name: null,
    prompt: job.prompt,
    model: job.model,
    provider: job.provider,
    seed: store.read((tx) => tx.request(job.id)).expect.seed ?? null,
    at: job.createdAt,
  })
  for (let number = 1; number < LONGEST_NUMBER; number += 1) {
    const path = join(folder, number === 1 ? `${base}.mp4` : `${base} (${number}).mp4`)
    if (await exists(path)) continue
    // A name may have folders of its own; the one that holds them all was made with the batch.
    const made = dirname(path) === folder ? ok(undefined) : await makeFolder(dirname(path))
    if (!made.ok) return made
    if (await store.write((tx) => tx.reserveOutput({ jobId: job.id, takeNo, path })))
      return ok(path)
  }
  return err(
    diskError(
      'NO_FREE_NAME',
      `No free file name is left for ${base} in ${folder}. Change the naming in Settings.`,
    ),
  )
}

/** Free to be written, or holding the very clip that was about to get this name when a crash came. */
async function isStillOurs({ path, sha256 }: OutputName): Promise<boolean> {
  if (!(await exists(path))) return canWrite(dirname(path))
  if (sha256 === null) return false
  if ((await stat(path)).size > 0) return (await digestOf(path)) === sha256
  // The power went between taking the name and putting the clip there; see `publishFile`.
  await rm(path)
  return canWrite(dirname(path))
}

async function deliver(options: DeliveryOptions, request: DeliverRequest): Promise<DeliverOutcome> {
  const { path, source } = request
  try {
    // A crash between publishing and writing it down leaves the whole file under its reserved name;
    // anything else that lies there was refused by `place`, unless it came this very moment.
    if (await exists(path)) return await foundThere(options, request)
    const partPath = join(dirname(path), `.${basename(path)}.part`)
    const fetched =
      source.kind === 'file'
        ? await fetchFile(source.path, partPath)
        : await fetchUrl(options, { request, source, partPath })
    if (fetched.kind !== 'delivered') return fetched
    const playable = await options.isPlayable(partPath)
    if (!playable.ok) {
      await removeTemp(partPath)
      return { kind: 'notPlayable', error: playable.error }
    }
    return await publish(options, request, { partPath, fetched })
  } catch (error) {
    return { kind: 'disk', error: diskErrorFrom(error, path) }
  }
}

/** What will lie under the name is noted first, so that nobody else's file is ever taken for it. */
async function publish(
  { store }: DeliveryOptions,
  { job, takeNo, path }: DeliverRequest,
  { partPath, fetched }: { readonly partPath: string; readonly fetched: Delivered },
): Promise<DeliverOutcome> {
  const { sha256 } = fetched
  await store.write((tx) => tx.noteOutput({ jobId: job.id, takeNo, sha256 }))
  try {
    await publishFile(partPath, path)
    return fetched
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
    await removeTemp(partPath)
    return taken(path)
  }
}

async function foundThere(
  { store }: DeliveryOptions,
  { job, takeNo, path }: DeliverRequest,
): Promise<DeliverOutcome> {
  const described = await describe(path)
  const noted = store.read((tx) => tx.output(job.id, takeNo))
  return noted?.sha256 === described.sha256 ? described : taken(path)
}

interface UrlFetch {
  readonly request: DeliverRequest
  readonly source: Extract<OutputSource, { kind: 'url' }>
  readonly partPath: string
}

async function fetchUrl(
  options: DeliveryOptions,
  { request, source, partPath }: UrlFetch,
): Promise<DeliverOutcome> {
  if (!request.call.ok) return { kind: 'retry', error: request.call.error }
  return options.download({
    provider: request.job.provider,
    source,
    partPath,
    call: request.call.value,
    signal: request.signal,
    onProgress: request.onProgress,
  })
}

/** A render of our own; what is copied in part is copied anew. */
async function fetchFile(from: string, partPath: string): Promise<DeliverOutcome> {
  if (!(await exists(from)))
    return {
      kind: 'expired',
      error: {
        kind: 'unknown',
        code: 'RENDER_GONE',
        message: 'The rendered file is gone from the data folder; it is rendered again.',
      },
    }
  await copyFile(from, partPath)
  await syncFile(partPath)
  return describe(partPath)
}

async function describe(path: string): Promise<Delivered> {
  const { size } = await stat(path)
  return { kind: 'delivered', bytes: size, sha256: await digestOf(path) }
}

async function digestOf(path: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 }))
    hash.update(chunk as Buffer)
  return hash.digest('hex')
}

/** The next try looks for another name. */
const taken = (path: string): DeliverOutcome => ({
  kind: 'retry',
  error: diskError(
    'NAME_TAKEN',
    `Another file lies at ${path} under the name meant for this clip. It gets another name.`,
  ),
})

async function makeFolder(outDir: string): Promise<Result<void, JobError>> {
  try {
    await mkdir(outDir, { recursive: true })
    return ok(undefined)
  } catch (error) {
    return err(diskErrorFrom(error, outDir))
  }
}

/** Makes nothing: in the place of a drive that was pulled out, a new folder would take its clips. */
async function roomAt(outDir: string): Promise<Result<Room, JobError>> {
  try {
    // With the slash at its end, a file of that name is none.
    await access(join(outDir, '/'), constants.W_OK)
    const [{ bavail, bsize }, { dev }] = await Promise.all([statfs(outDir), stat(outDir)])
    return ok({ freeBytes: bavail * bsize, disk: dev })
  } catch (error) {
    return err(diskErrorFrom(error, outDir))
  }
}

async function canWrite(folder: string): Promise<boolean> {
  return (await roomAt(folder)).ok
}

async function exists(path: string): Promise<boolean> {
  try {
    await access(path)
    return true
  } catch {
    // access() says "no" by throwing; a folder that cannot be read is found out when it is written
    return false
  }
}

const DISK_WORDS: Readonly<Record<string, string>> = {
  ENOSPC: 'The disk is full. Make room; downloads go on by themselves.',
  EDQUOT: 'Your quota on this disk is used up. Make room; downloads go on by themselves.',
  EROFS: 'The folder is on a read-only disk. Choose another folder or make it writable.',
  EACCES: 'The folder may not be written. Allow it, or choose another folder.',
  EPERM: 'The folder may not be written. Allow it, or choose another folder.',
  ENOENT: 'The folder is gone. Bring it back or choose another; downloads go on by themselves.',
  ENOTDIR: 'A part of the folder path is a file. Choose another folder.',
  EEXIST: 'A file lies where a folder should be. Choose another folder, or move the file.',
}

function diskErrorFrom(error: unknown, path: string): JobError {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'DISK'
  return diskError(code, `${DISK_WORDS[code] ?? `The disk refused: ${String(error)}.`} (${path})`)
}
