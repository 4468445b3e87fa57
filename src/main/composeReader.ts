import type { BatchId, ProviderId } from '../shared/domain/ids.ts'
import type { Tools } from './composeTools.ts'
import { whyNothingGoes, type BlockedPart } from './jobs/claim.ts'
import { priceNow } from './library/priceNow.ts'
import type { NightWindows } from './jobs/windowEdges.ts'
import { readingTx } from './storage/jobStore.ts'
import { readKeyFile } from './storage/keys/keyFile.ts'
import type { SqlDatabase } from './storage/sqlite.ts'
import { systemClock } from './systemClock.ts'

/** A look over the queue is good for so long: a page of jobs asks for each of them. */
const GOOD_FOR_MS = 500

interface Beside extends Pick<Tools, 'providers' | 'credentials' | 'paths' | 'catalogue'> {
  readonly db: SqlDatabase
  readonly windows: NightWindows
}

/**
 * Why jobs wait, told without an engine: by the rules of a claim, on what the database says. Only what
 * a running engine alone knows (a full disk, the battery) is not among it.
 */
export function blockedBeside({
  db,
  windows,
  paths,
  catalogue,
  ...rules
}: Beside): (batchId: BatchId, provider: ProviderId) => BlockedPart | null {
  const tx = readingTx(db)
  const ctx = {
    ...rules,
    serverTime: { aheadMs: () => null, ask: () => undefined },
    scaled: (ms: number) => ms,
    priceNow: priceNow(catalogue),
  }
  const hasKey = hasKeyBeside({ ...rules, paths })
  let seen: readonly BlockedPart[] = []
  let seenAt = Number.NEGATIVE_INFINITY
  const look = (): readonly BlockedPart[] => {
    const now = systemClock.now()
    if (now - seenAt < GOOD_FOR_MS) return seen
    seenAt = now
    const merge = tx.flag('mergePending')
    const halted = merge === null ? null : ({ code: 'mergePending', message: merge } as const)
    const question = { tx, now, window: windows.at(now), halted, limit: 0, before: [] }
    seen = whyNothingGoes(ctx, question).filter(
      ({ why, provider }) => why !== 'noKey' || !hasKey(provider),
    )
    return seen
  }
  return (batchId, provider) =>
    look().find((part) => part.batchId === batchId && part.provider === provider) ?? null
}

/** See `QuerySources.hasKey`. */
export const hasKeyBeside =
  ({ credentials, paths }: Pick<Tools, 'credentials' | 'paths'>) =>
  (provider: ProviderId): boolean =>
    credentials.of(provider).length > 0 || hasClosedKeys(paths, provider)

/** Keys in the system's keyring are open to the app alone: that none is seen here says nothing. */
const hasClosedKeys = ({ keys }: Tools['paths'], provider: ProviderId): boolean =>
  readKeyFile(keys, { keepAside: false }).keys.some(
    (key) => key.provider === provider && key.place === 'keyring',
  )
