import { readFile } from 'node:fs/promises'
import { isDeepStrictEqual } from 'node:util'
import type { LibraryDatabase } from '../../library/libraryDatabase.ts'
import type { Log } from '../../log.ts'
import { parseSidecar, writeSidecar } from '../../media/sidecar.ts'
import { dueSidecars, reviewOf, type DueSidecar } from './takeReview.ts'

export interface SidecarKeeperOptions {
  readonly database: LibraryDatabase
  readonly log: Pick<Log, 'warn'>
  /** Calls back once, later; gives what takes that back. */
  readonly after: (ms: number, fn: () => void) => () => void
}

/** Writes into sidecars what a person says of takes, so that a lost database can be rebuilt with it. */
export interface SidecarKeeper {
  /** Something may have been said: what is due is written when it has become quiet. */
  touch(): void
  /** Writes what is due now. */
  flush(): Promise<void>
  /** Writes what is due, as far as it gets in a moment; the rest waits for the next start. */
  close(): Promise<void>
}

/** Keys come in quick rows: one write for all of them. */
const QUIET_MS = 1500
const AT_ONCE = 64
/** A person who quits waits no longer for it. */
const LAST_MS = 2000

export function createSidecarKeeper({ database, log, after }: SidecarKeeperOptions): SidecarKeeper {
  let cancel: (() => void) | null = null
  let running: Promise<void> | null = null
  let isClosing = false
  const touch = (): void => {
    if (isClosing) return
    cancel?.()
    cancel = after(QUIET_MS, () => void flush())
  }
  const flush = (): Promise<void> => {
    cancel?.()
    cancel = null
    running = (running ?? Promise.resolve()).then(writeAll).catch(later)
    return running
  }
  const close = async (): Promise<void> => {
    const stop = after(LAST_MS, () => (isClosing = true))
    await flush()
    isClosing = true
    stop()
  }
  /** What is due stays due: in the table, for the next time. */
  const later = (cause: unknown): void =>
    log.warn({ cause: errorOf(cause).message }, 'Sidecars could not be brought up to date.')
  return { touch, flush, close }

  async function writeAll(): Promise<void> {
    let last = ''
    for (;;) {
      const due = dueSidecars(database.reader, last, AT_ONCE)
      const done: DueSidecar[] = []
      for (const one of due) {
        if (isClosing) break
        if (await bringUpToDate(one, { database, log })) done.push(one)
      }
      await forget(done)
      last = due.at(-1)?.takeId ?? ''
      if (isClosing || due.length < AT_ONCE) return
    }
  }

  async function forget(done: readonly DueSidecar[]): Promise<void> {
    if (done.length === 0) return
    await database.write((db) => {
      for (const { takeId, change } of done)
        db.run('DELETE FROM sidecars_due WHERE takeId = ? AND change = ?', [takeId, change])
    })
  }
}

/** False: it may succeed another time. What is not ours to write is left as it is. */
async function bringUpToDate(
  { takeId, path }: DueSidecar,
  { database, log }: Pick<SidecarKeeperOptions, 'database' | 'log'>,
): Promise<boolean> {
  if (path === null) return true
  const text = await readFile(path, 'utf8').catch((cause: unknown) => errorOf(cause))
  if (text instanceof Error) {
    const isGone = 'code' in text && text.code === 'ENOENT'
    if (!isGone) log.warn({ takeId, cause: text.message }, 'A sidecar could not be read.')
    return isGone
  }
  const read = parseSidecar(text)
  if (!read.ok || read.value.takeId !== takeId) {
    const cause = read.ok ? 'It is the sidecar of another take.' : read.error.message
    log.warn({ takeId, cause }, 'A sidecar was left as it is.')
    return true
  }
  const said = reviewOf(database.reader, takeId)
  if (said === null) {
    log.warn({ takeId }, 'What was said of a take cannot be read: its sidecar was left as it is.')
    return true
  }
  const review = { ...read.value.review, ...said }
  if (isDeepStrictEqual(read.value.review, review)) return true
  const written = await writeSidecar(path, { ...read.value, review })
  if (!written.ok) log.warn({ takeId, cause: written.error.message }, 'A sidecar was not written.')
  return written.ok
}

const errorOf = (cause: unknown): Error =>
  cause instanceof Error ? cause : new Error(String(cause))
