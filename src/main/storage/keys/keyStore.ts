import type { CredentialId, ProviderId } from '../../../shared/domain/ids.ts'
import { err, ok, type Result } from '../../../shared/domain/result.ts'
import {
  entryOf,
  newEntry,
  renamed,
  withoutKey,
  type EntryMaker,
  type KeyEntry,
  type KeyRefusal,
  type NewKey,
  type StoredKey,
} from './keyEntry.ts'
import { readKeyFile, writeKeyFile } from './keyFile.ts'

/** Which key of which provider. */
export interface KeyName {
  readonly provider: ProviderId
  readonly id: CredentialId
}

/** The person's keys. What it hands out goes to providers and to the redaction of logs, nowhere else. */
export interface KeyStore {
  /** In order of use. */
  list(provider: ProviderId): readonly StoredKey[]
  /** Those that can be used now, in order of use. */
  usable(provider: ProviderId): readonly { readonly id: CredentialId; readonly apiKey: string }[]
  /** Every key that is readable, for taking them out of texts. */
  secrets(): readonly string[]
  add(key: NewKey): Result<StoredKey, KeyRefusal>
  rename(key: KeyName, name: string): Result<void, KeyRefusal>
  /** To that place in the order of use, from 0. */
  move(key: KeyName, to: number): Result<void, KeyRefusal>
  remove(key: KeyName): Result<void, KeyRefusal>
  /** Why the system keeps no keys; null where it does. */
  noKeyring(): string | null
  /** What was wrong with the file at the start; null when nothing was. */
  readonly notice: string | null
}

export interface KeyStoreOptions extends EntryMaker {
  readonly path: string
}

/** Opens `keys.json` of the data folder. The keyring is asked only when a key is kept in it. */
export function openKeyStore(options: KeyStoreOptions): KeyStore {
  const { keyring } = options
  const shelf = openShelf(options)
  return {
    notice: shelf.notice,
    noKeyring: () => keyring.lack(),
    list: (provider) => shelf.of(provider).map(withoutKey),
    usable: (provider) =>
      shelf.of(provider).flatMap(({ id, apiKey }) => (apiKey === null ? [] : [{ id, apiKey }])),
    secrets: () => shelf.all().flatMap(({ apiKey }) => apiKey ?? []),
    ...changes(shelf, options),
  }
}

/** The entries in memory, as they lie on disk. */
interface Shelf {
  readonly notice: string | null
  all(): readonly KeyEntry[]
  of(provider: ProviderId): readonly KeyEntry[]
  become(next: readonly KeyEntry[]): Result<void, KeyRefusal>
}

function openShelf({ path, keyring }: KeyStoreOptions): Shelf {
  const { keys, notice, mayReplace } = readKeyFile(path, { keepAside: true })
  let entries: readonly KeyEntry[] = keys.map((kept) => entryOf(kept, keyring))
  return {
    notice,
    all: () => entries,
    of: (provider) => entries.filter((entry) => entry.provider === provider),
    become(next) {
      const kept = next.flatMap((entry) => entry.kept ?? [])
      const hadSome = entries.some((entry) => entry.kept !== null)
      if (!mayReplace) {
        const message = `${path} could not be read, and no copy of it could be kept. Move it away and start Dailies again.`
        return err({ code: 'KEY_NOT_SAVED', message })
      }
      try {
        // Disk first: what could not be written is not so.
        if (kept.length > 0 || hadSome) writeKeyFile(path, kept)
      } catch (error) {
        const why = error instanceof Error ? error.message : String(error)
        return err({ code: 'KEY_NOT_SAVED', message: `${path} could not be written: ${why}.` })
      }
      entries = next
      return ok(undefined)
    },
  }
}

function changes(
  shelf: Shelf,
  options: KeyStoreOptions,
): Pick<KeyStore, 'add' | 'rename' | 'move' | 'remove'> {
  const without = (gone: KeyEntry): readonly KeyEntry[] =>
    shelf.all().filter((entry) => entry !== gone)
  const changeOne = (
    { provider, id }: KeyName,
    change: (found: KeyEntry) => readonly KeyEntry[],
  ): Result<void, KeyRefusal> => {
    const found = shelf.of(provider).find((entry) => entry.id === id)
    return found === undefined ? err(GONE) : shelf.become(change(found))
  }
  return {
    add(wish) {
      const made = newEntry(wish, options)
      if (!made.ok) return made
      const known = shelf.of(wish.provider).find(({ id }) => id === made.value.id)
      if (known?.isReadable === true) {
        const message = `This key is here already: it is called “${known.name}”.`
        return err({ code: 'KEY_KNOWN', message })
      }
      const others = known === undefined ? shelf.all() : without(known)
      const saved = shelf.become([...others, made.value])
      return saved.ok ? ok(withoutKey(made.value)) : saved
    },
    rename: (key, name) =>
      changeOne(key, (found) =>
        shelf.all().map((entry) => (entry === found ? renamed(found, name) : entry)),
      ),
    move: (key, to) =>
      changeOne(key, (found) => {
        const rest = shelf.of(key.provider).filter((entry) => entry !== found)
        const others = shelf.all().filter((entry) => entry.provider !== key.provider)
        return [...others, ...rest.slice(0, to), found, ...rest.slice(to)]
      }),
    remove: (key) => changeOne(key, without),
  }
}

const GONE: KeyRefusal = { code: 'NOT_FOUND', message: 'This key is not there any more.' }
