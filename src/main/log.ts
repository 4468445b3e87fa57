import { appendFileSync, mkdirSync, renameSync, rmSync, statSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import pino from 'pino'
import { printable } from '../shared/domain/printable.ts'

const LEVELS = ['debug', 'info', 'warn'] as const

/** Takes the fields first, then one sentence. Children carry their area: `log.child({ area: 'jobs' })`. */
export type Log = pino.Logger

export interface LogOptions {
  /** Folder for the files; null writes none. */
  readonly logsDir: string | null
  /** `DAILIES_LOG`; without it the file takes `info` and the console `warn`. */
  readonly level: string | undefined
  /** Takes keys out of a text. Every line goes through it before it reaches file or console. */
  readonly redact: (text: string) => string
  /** Standard error, unless a test wants to look. */
  readonly console?: { write(text: string): unknown }
  readonly limits?: Limits
}

/** Values under such names are secrets, whatever they look like. */
const SECRET_FIELD =
  /("(?:authorization|proxy-authorization|x-api-key|api-?_?key|token|secret|password|cookie|set-cookie)":)(?:"(?:[^"\\]|\\.)*"|\[[^\]]*\])/gi

/** The one logger. Writes synchronously and with no thread, so that a crash keeps its last lines. */
export function createLog({
  logsDir,
  level,
  redact,
  console = process.stderr,
  limits,
}: LogOptions): Log {
  const asked = LEVELS.find((known) => known === level?.toLowerCase())
  const clean = (line: string): string => redact(line.replace(SECRET_FIELD, '$1"[key]"'))
  const file = logsDir === null ? undefined : new RotatingFile(logsDir, limits)
  const streams: pino.StreamEntry[] = [
    {
      level: asked ?? 'warn',
      stream: { write: (line) => void console.write(forPeople(clean(line))) },
    },
  ]
  if (file !== undefined) {
    streams.push({ level: asked ?? 'info', stream: { write: (line) => file.write(clean(line)) } })
  }
  return pino(
    { level: asked ?? 'info', base: null, timestamp: pino.stdTimeFunctions.isoTime },
    pino.multistream(streams),
  )
}

/** Lines of a report at most. */
const REPORTED_LINES = 300

/** The end of the file that is written now, oldest line first; none when there is no file. */
export async function readLogEnd(logsDir: string): Promise<readonly string[]> {
  const text = await readFile(join(logsDir, 'dailies.log'), 'utf8').catch(() => '')
  return text.trimEnd().split('\n').slice(-REPORTED_LINES)
}

/** `12:30:01 warn jobs: the sentence {"fields":1}` */
function forPeople(line: string): string {
  const parsed = parseLine(line)
  if (parsed === undefined) return line
  const { level, time, area, msg, ...fields } = parsed
  const label = pino.levels.labels[Number(level)] ?? String(level)
  const from = typeof area === 'string' ? `${area}: ` : ''
  const rest = Object.keys(fields).length === 0 ? '' : ` ${JSON.stringify(fields)}`
  const sentence = typeof msg === 'string' ? printable(msg) : ''
  return `${String(time).slice(11, 19)} ${label} ${from}${sentence}${rest}\n`
}

function parseLine(line: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(line) as Record<string, unknown>
  } catch {
    return undefined // better as it is than not at all
  }
}

interface Limits {
  /** A file is put aside before it grows past this. */
  readonly bytes: number
  /** Older files beside the one that is written. */
  readonly files: number
}

/**
 * `dailies.log`, with `dailies.1.log` ... before it. A disk that refuses costs lines, never the app:
 * writing is tried again with the next line. Nothing is remembered between lines, so that another
 * process may write and rotate the same files.
 */
class RotatingFile {
  readonly #folder: string
  readonly #limits: Limits

  constructor(folder: string, limits: Limits = { bytes: 5 * 1024 * 1024, files: 3 }) {
    this.#folder = folder
    this.#limits = limits
  }

  write(line: string): void {
    try {
      const bytes = this.#sizeNow()
      if (bytes > 0 && bytes + Buffer.byteLength(line) > this.#limits.bytes) this.#rotate()
      appendFileSync(this.#path(0), line)
    } catch {
      // full, removed or read-only: the next line tries again
    }
  }

  #sizeNow(): number {
    const found = statSync(this.#path(0), { throwIfNoEntry: false })
    if (found === undefined) mkdirSync(this.#folder, { recursive: true })
    return found?.size ?? 0
  }

  #rotate(): void {
    rmSync(this.#path(this.#limits.files), { force: true })
    for (let age = this.#limits.files - 1; age >= 0; age -= 1) {
      const exists = statSync(this.#path(age), { throwIfNoEntry: false }) !== undefined
      if (exists) renameSync(this.#path(age), this.#path(age + 1))
    }
  }

  #path(age: number): string {
    return join(this.#folder, age === 0 ? 'dailies.log' : `dailies.${age}.log`)
  }
}
