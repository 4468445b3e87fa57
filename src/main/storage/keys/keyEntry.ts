import type { CredentialId, ProviderId } from '../../../shared/domain/ids.ts'
import { lastFour, type KeyPlace, type KeyView } from '../../../shared/domain/providerKey.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import type { KeptKey } from './keyFile.ts'
import type { Keyring } from './keyring.ts'

/** A key as lists have it, without the key. */
export type StoredKey = Omit<KeyView, 'openJobs' | 'test'>

export interface NewKey {
  readonly provider: ProviderId
  readonly name: string
  readonly apiKey: string
  /** Where to keep it when the system has no keyring; a keyring that is there is always used. */
  readonly place: Exclude<KeyPlace, 'keyring'> | null
}

export interface KeyRefusal {
  readonly code: 'KEY_UNREADABLE' | 'KEY_KNOWN' | 'KEY_PLACE_NEEDED' | 'KEY_NOT_SAVED' | 'NOT_FOUND'
  readonly message: string
}

export interface EntryMaker {
  readonly keyring: Keyring
  /** Names a key by itself. */
  readonly idOf: (apiKey: string) => CredentialId
  readonly now: () => number
}

export interface KeyEntry extends StoredKey {
  readonly provider: ProviderId
  /** Null: the keyring does not open it. */
  readonly apiKey: string | null
  /** As it lies on disk; null for one of this session. */
  readonly kept: KeptKey | null
}

/** What people may see of it. */
export const withoutKey = ({
  id,
  name,
  last4,
  place,
  isReadable,
  addedAt,
}: KeyEntry): StoredKey => ({
  id,
  name,
  last4,
  place,
  isReadable,
  addedAt,
})

/** A key from the file. */
export function entryOf(kept: KeptKey, keyring: Keyring): KeyEntry {
  const { secret, ...rest } = kept
  const apiKey = kept.place === 'file' ? secret : decrypted(secret, keyring)
  return { ...rest, apiKey, isReadable: apiKey !== null, kept }
}

function decrypted(secret: string, keyring: Keyring): string | null {
  try {
    return keyring.lack() === null ? keyring.decrypt(Buffer.from(secret, 'base64')) : null
  } catch {
    return null // of another login, or refused: shown as such
  }
}

/** A key that a person gave: looked at, named by itself, and encrypted where that can be done. */
export function newEntry(
  { provider, name, apiKey: text, place: wished }: NewKey,
  { keyring, idOf, now }: EntryMaker,
): Result<KeyEntry, KeyRefusal> {
  const apiKey = text.trim()
  if (!/^[\x21-\x7e]{4,2000}$/.test(apiKey)) {
    const message =
      'A key is one line of letters, digits and signs without spaces. Copy it again from the provider’s page.'
    return err({ code: 'KEY_UNREADABLE', message })
  }
  const lack = keyring.lack()
  const place: KeyPlace | null = lack === null ? 'keyring' : wished
  if (place === null) {
    return err({ code: 'KEY_PLACE_NEEDED', message: `${lack ?? ''} Choose where to keep the key.` })
  }
  const shown = {
    id: idOf(apiKey),
    name,
    last4: lastFour(apiKey),
    place,
    addedAt: now(),
  }
  const entry = { ...shown, provider, apiKey, isReadable: true }
  if (place === 'session') return ok({ ...entry, kept: null })
  const secret = place === 'file' ? apiKey : keyring.encrypt(apiKey).toString('base64')
  return ok({ ...entry, kept: { ...shown, place, provider, secret } })
}

export const renamed = (entry: KeyEntry, name: string): KeyEntry => ({
  ...entry,
  name,
  kept: entry.kept === null ? null : { ...entry.kept, name },
})
