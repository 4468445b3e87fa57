import type { JobError } from '../../../shared/domain/errors.ts'

/** Marks an error as the disk's, so that it is not taken for the network's. */
export class DiskTrouble extends Error {
  override readonly name = 'DiskTrouble'
}

/** Runs a step on the disk. @throws DiskTrouble */
export async function onDisk<T>(step: () => Promise<T>): Promise<T> {
  try {
    return await step()
  } catch (cause) {
    throw new DiskTrouble('the disk refused', { cause })
  }
}

const TROUBLES: Readonly<Record<string, readonly [string, string]>> = {
  ENOSPC: ['DISK_FULL', 'The disk is full. Free some room; the clip is fetched then.'],
  EDQUOT: ['DISK_FULL', 'Your disk quota is used up. Free some room; the clip is fetched then.'],
  ENOENT: ['FOLDER_MISSING', 'The folder for clips is gone. Bring it back or choose another.'],
  ENOTDIR: ['FOLDER_MISSING', 'The folder for clips is gone. Bring it back or choose another.'],
  EROFS: [
    'FOLDER_READ_ONLY',
    'The folder for clips is read-only. Make it writable or choose another.',
  ],
  EACCES: [
    'FOLDER_READ_ONLY',
    'The folder for clips may not be written to. Change that or choose another.',
  ],
  EPERM: [
    'FOLDER_READ_ONLY',
    'The folder for clips may not be written to. Change that or choose another.',
  ],
}

/** What a person can do about it. */
export function diskError(trouble: DiskTrouble): JobError {
  const { cause } = trouble
  const code = cause instanceof Error && 'code' in cause ? String(cause.code) : ''
  const [stable, message] = TROUBLES[code] ?? [
    'DISK_ERROR',
    `The disk failed (${code || 'no code'}). Check it; the clip is fetched again then.`,
  ]
  return { kind: 'disk', code: stable, message }
}
