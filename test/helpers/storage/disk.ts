import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmdirSync, statfsSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { onTestFinished, type TestContext } from 'vitest'

/** A small disk of its own: fills up, grows and turns read-only when told to. */
export interface SmallDisk {
  readonly path: string
  resize(kilobytes: number): void
  /** Fills it up to so many bytes. */
  leave(bytes: number): void
  /** Fails while a file on it is open for writing. */
  makeReadOnly(): void
}

/** Skips the test where mounting is not permitted (not Linux, not root). */
export function smallDisk(context: TestContext, kilobytes: number): SmallDisk {
  const path = mkdtempSync(join(tmpdir(), 'dailies-disk-'))
  try {
    execFileSync('mount', ['-t', 'tmpfs', '-o', `size=${kilobytes}k`, 'tmpfs', path], {
      stdio: 'ignore',
    })
  } catch {
    rmdirSync(path)
    context.skip('needs the right to mount a small disk')
  }
  onTestFinished(() => {
    execFileSync('umount', ['-l', path], { stdio: 'ignore' })
    rmdirSync(path)
  })
  const remount = (option: string): void => {
    execFileSync('mount', ['-o', `remount,${option}`, path], { stdio: 'ignore' })
  }
  return {
    path,
    resize: (size) => remount(`size=${size}k`),
    leave: (bytes) => {
      const { bavail, bsize } = statfsSync(path)
      writeFileSync(join(path, 'ballast'), Buffer.alloc(Math.max(0, bavail * bsize - bytes)))
    },
    makeReadOnly: () => remount('ro'),
  }
}
