import { spawn, type ChildProcess } from 'node:child_process'
import type { JobError } from '../../shared/domain/errors.ts'
import { err, ok, type Result } from '../../shared/domain/result.ts'
import { createProgressParser, lastLines, type FfmpegProgress } from './ffmpegProgress.ts'
import { diskError, mediaError } from './mediaError.ts'

/** One run of ffmpeg. Arguments go as an array, never through a shell. */
export interface FfmpegJob {
  readonly args: readonly string[]
  readonly signal: AbortSignal
  /** Folder that relative names in `args` refer to. */
  readonly cwd?: string | undefined
  /** Default 2 minutes; then the run is killed and fails with FFMPEG_TIMEOUT. */
  readonly timeoutMs?: number | undefined
  readonly onProgress?: ((progress: FfmpegProgress) => void) | undefined
}
export interface FfmpegOutput {
  /** The last 1 MiB of standard output; empty when progress was asked for. */
  readonly stdout: string
  readonly stderr: string
}

/**
 * Runs ffmpeg. Errors: kind `media` with FFMPEG_MISSING, FFMPEG_FAILED (with ffmpeg's last lines),
 * FFMPEG_TIMEOUT or ABORTED; kind `disk` with DISK_FULL or FOLDER_UNUSABLE.
 */
export interface FfmpegRunner {
  run(job: FfmpegJob): Promise<Result<FfmpegOutput, JobError>>
  /** Kills what runs; resolves when all of it is gone. Later runs fail with ABORTED. */
  stop(): Promise<void>
}

const MAX_KEPT = 1024 * 1024
const DEFAULT_TIMEOUT_MS = 120_000

/** A runner of the ffmpeg that `find` names; it is asked at each run until it finds one. */
export function createFfmpegRunner(find: () => Result<string, JobError>): FfmpegRunner {
  const running = new Map<ChildProcess, Promise<unknown>>()
  let isStopped = false
  let path: string | null = null
  const killAll = (): void => {
    for (const child of running.keys()) kill(child)
  }

  const run = async (job: FfmpegJob): Promise<Result<FfmpegOutput, JobError>> => {
    if (job.signal.aborted || isStopped) return err(ABORTED)
    if (path === null) {
      const found = find()
      if (!found.ok) return found
      path = found.value
    }
    const child = start(path, job)
    const ended = watch(child, job, () => isStopped)
    if (running.size === 0) process.on('exit', killAll)
    running.set(child, ended)
    try {
      return await ended
    } finally {
      running.delete(child)
      if (running.size === 0) process.off('exit', killAll)
    }
  }

  const stop = async (): Promise<void> => {
    isStopped = true
    killAll()
    await Promise.all(running.values())
  }
  return { run, stop }
}

const ABORTED = mediaError('ABORTED', 'The work was stopped before it was done.')

function start(path: string, { args, cwd, onProgress }: FfmpegJob): ChildProcess {
  const progress = onProgress === undefined ? [] : ['-progress', 'pipe:1', '-stats_period', '0.25']
  return spawn(path, ['-hide_banner', '-nostdin', '-nostats', ...progress, ...args], {
    cwd,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    // A group of its own: Ctrl+C in the terminal stops us, and we decide what becomes of a render.
    detached: process.platform !== 'win32',
  })
}

function kill(child: ChildProcess): void {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return
  try {
    if (process.platform === 'win32') child.kill('SIGKILL')
    else process.kill(-child.pid, 'SIGKILL')
  } catch {
    child.kill('SIGKILL') // the group is gone already
  }
}

/** Resolves when the process is gone and its output is read. Never rejects. */
async function watch(
  child: ChildProcess,
  job: FfmpegJob,
  isStopped: () => boolean,
): Promise<Result<FfmpegOutput, JobError>> {
  const { signal } = job
  const output = collect(child, job.onProgress)
  let timedOut = false
  const timer = setTimeout(() => {
    timedOut = true
    kill(child)
  }, job.timeoutMs ?? DEFAULT_TIMEOUT_MS)
  const onAbort = (): void => kill(child)
  signal.addEventListener('abort', onAbort, { once: true })

  const end = await new Promise<{ code: number | null; cause?: Error }>((resolve) => {
    child.once('error', (cause) => resolve({ code: null, cause }))
    child.once('close', (code) => resolve({ code }))
  })
  clearTimeout(timer)
  signal.removeEventListener('abort', onAbort)
  if (signal.aborted || isStopped()) return err(ABORTED)
  if (timedOut) return err(mediaError('FFMPEG_TIMEOUT', 'ffmpeg took too long and was stopped.'))
  if (end.cause !== undefined) return err(cannotStart(end.cause, job.cwd))
  return end.code === 0 ? ok(output()) : err(failure(output().stderr, end.code))
}

function collect(child: ChildProcess, onProgress: FfmpegJob['onProgress']): () => FfmpegOutput {
  let stdout = ''
  let stderr = ''
  const parse = createProgressParser()
  child.stdout?.setEncoding('utf8').on('data', (chunk: string) => {
    if (onProgress === undefined) stdout = (stdout + chunk).slice(-MAX_KEPT)
    else for (const progress of parse(chunk)) onProgress(progress)
  })
  child.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
    stderr = (stderr + chunk).slice(-MAX_KEPT)
  })
  return () => ({ stdout, stderr })
}

function cannotStart(cause: Error, cwd: string | undefined): JobError {
  const place = cwd === undefined ? '' : ` in ${cwd}`
  const message = `ffmpeg could not be started${place} (${cause.message}). Check the path of ffmpeg.`
  return mediaError('FFMPEG_MISSING', message)
}

/** `Could not open file :` is what ffmpeg's writer of pictures says, whatever the reason. */
const UNWRITABLE =
  /Read-only file system|Error opening output.*Permission denied|Could not open file :/i

/** What a failed run means, read from its last lines. */
export function failure(stderr: string, code: number | null): JobError {
  if (/No space left on device|Disk quota exceeded/i.test(stderr)) {
    return diskError('DISK_FULL', 'The disk is full. Free some space, then try again.')
  }
  if (UNWRITABLE.test(stderr)) {
    const message = 'The folder cannot be written to. Make it writable or choose another.'
    return diskError('FOLDER_UNUSABLE', message)
  }
  const said = lastLines(stderr, 3)
  return mediaError(
    'FFMPEG_FAILED',
    `ffmpeg failed (${code ?? 'killed'}): ${said || 'it gave no reason'}`,
  )
}
