import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { credentialOf } from '../../../src/main/providers/credentialId.ts'
import { readKeyFile } from '../../../src/main/storage/keys/keyFile.ts'
import { openKeyStore } from '../../../src/main/storage/keys/keyStore.ts'
import type { Keyring } from '../../../src/main/storage/keys/keyring.ts'
import { folderWith } from '../../helpers/folder.ts'

const KEY = 'fal-canary-4f1b9c77d2e04b6b'
const OTHER = 'fal-second-93aa02f61c7748d0'

/** A login's keyring: another login (`mark`) cannot open what it encrypted. */
const keyringOf = (mark: number): Keyring => ({
  lack: () => null,
  encrypt: (text) => Buffer.from([mark, ...Buffer.from(text).map((byte) => byte ^ mark)]),
  decrypt: (bytes) => {
    if (bytes[0] !== mark) throw new Error('encrypted for another login')
    return Buffer.from(bytes.subarray(1).map((byte) => byte ^ mark)).toString()
  },
})
const NO_KEYRING: Keyring = { ...keyringOf(1), lack: () => 'No keyring was found.' }

const storeIn = (folder: string, keyring: Keyring = keyringOf(90)) =>
  openKeyStore({ path: join(folder, 'keys.json'), keyring, idOf: credentialOf, now: () => 1 })
const wish = (apiKey: string, name = 'main') => ({
  provider: 'fal',
  name,
  apiKey,
  place: null,
})

test('a key is encrypted on disk, readable by its owner alone, and there after a restart', () => {
  const folder = folderWith()
  expect(storeIn(folder).add(wish(` ${KEY}\n`)).ok).toBe(true)
  const path = join(folder, 'keys.json')
  expect(readFileSync(path, 'latin1')).not.toContain(KEY)
  expect(readFileSync(path, 'latin1')).not.toContain(Buffer.from(KEY).toString('base64'))
  expect(statSync(path).mode & 0o777).toBe(0o600)
  const again = storeIn(folder)
  expect(again.usable('fal')).toEqual([{ id: credentialOf(KEY), apiKey: KEY }])
  expect(again.secrets()).toEqual([KEY])
  expect(again.list('fal')).toEqual([
    {
      id: credentialOf(KEY),
      name: 'main',
      last4: '4b6b',
      place: 'keyring',
      isReadable: true,
      addedAt: 1,
    },
  ])
})

test('what people see of a key holds no more of it than its last four characters', () => {
  const store = storeIn(folderWith())
  store.add(wish(KEY))
  store.add(wish('short'))
  expect(JSON.stringify(store.list('fal'))).not.toContain(KEY.slice(0, 8))
  expect(store.list('fal').map(({ last4 }) => last4)).toEqual(['4b6b', ''])
})

test('keys are used in the order that the person gave', () => {
  const folder = folderWith()
  const store = storeIn(folder)
  for (const key of [KEY, OTHER, 'fal-third-77777777']) store.add(wish(key))
  store.add({ ...wish('r8_other-provider-1'), provider: 'replicate' })
  expect(store.move({ provider: 'fal', id: credentialOf('fal-third-77777777') }, 0).ok).toBe(true)
  expect(store.move({ provider: 'fal', id: credentialOf(KEY) }, 9).ok).toBe(true)
  const order = ['fal-third-77777777', OTHER, KEY]
  expect(store.usable('fal').map(({ apiKey }) => apiKey)).toEqual(order)
  expect(
    storeIn(folder)
      .usable('fal')
      .map(({ apiKey }) => apiKey),
  ).toEqual(order)
  expect(store.usable('replicate')).toHaveLength(1)
})

test('a key is renamed, removed, and known again by itself', () => {
  const folder = folderWith()
  const store = storeIn(folder)
  store.add(wish(KEY))
  const key = { provider: 'fal', id: credentialOf(KEY) }
  expect(store.add(wish(KEY, 'again'))).toMatchObject({ error: { code: 'KEY_KNOWN' } })
  expect(store.rename(key, 'night shift').ok).toBe(true)
  expect(storeIn(folder).list('fal')[0]?.name).toBe('night shift')
  expect(store.remove(key).ok).toBe(true)
  expect(readFileSync(join(folder, 'keys.json'), 'utf8')).not.toContain('night shift')
  expect(store.remove(key)).toMatchObject({ error: { code: 'NOT_FOUND' } })
  expect(store.add(wish(KEY))).toMatchObject({ value: { id: key.id } })
})

test.each(['two words', 'line\nbreak', 'ünïcode-key', 'abc', ''])('%j is no key', (text) => {
  const refused = storeIn(folderWith()).add(wish(text))
  expect(refused).toMatchObject({ error: { code: 'KEY_UNREADABLE' } })
  if (text.length > 3) expect(JSON.stringify(refused)).not.toContain(text)
})

test('without a keyring nothing is kept until the person chose where', () => {
  const folder = folderWith()
  const store = storeIn(folder, NO_KEYRING)
  expect(store.noKeyring()).toBe('No keyring was found.')
  expect(store.add(wish(KEY))).toMatchObject({ error: { code: 'KEY_PLACE_NEEDED' } })
  expect(store.add({ ...wish(KEY), place: 'session' }).ok).toBe(true)
  expect(existsSync(join(folder, 'keys.json'))).toBe(false)
  expect(store.add({ ...wish(OTHER), place: 'file' }).ok).toBe(true)
  expect(statSync(join(folder, 'keys.json')).mode & 0o777).toBe(0o600)
  const text = readFileSync(join(folder, 'keys.json'), 'utf8')
  expect(text).toContain(OTHER)
  expect(text).not.toContain(KEY)
  expect(storeIn(folder, NO_KEYRING).usable('fal')).toEqual([
    { id: credentialOf(OTHER), apiKey: OTHER },
  ])
})

test('a key that another login encrypted is shown, not used, and can be given again', () => {
  const folder = folderWith()
  storeIn(folder, keyringOf(90)).add(wish(KEY))
  const store = storeIn(folder, keyringOf(17))
  expect(store.list('fal')).toMatchObject([{ name: 'main', isReadable: false }])
  expect(store.usable('fal')).toEqual([])
  expect(store.add(wish(KEY, 'given again')).ok).toBe(true)
  expect(store.list('fal')).toMatchObject([{ name: 'given again', isReadable: true }])
})

test('a broken file is kept aside and said without what it held', () => {
  const folder = folderWith({ 'keys.json': `{"keys": ["${KEY}"` })
  const store = storeIn(folder)
  expect(store.notice).toContain('keys.broken.json')
  expect(store.notice).not.toContain(KEY)
  expect(readFileSync(join(folder, 'keys.broken.json'), 'utf8')).toContain(KEY)
  store.add(wish(OTHER))
  expect(storeIn(folder).usable('fal')).toHaveLength(1)
})

test('a broken file that cannot be kept aside is not replaced', () => {
  const folder = folderWith({ 'keys.json': 'not json' })
  mkdirSync(join(folder, 'keys.broken.json'))
  const store = storeIn(folder)
  expect(store.add(wish(OTHER))).toMatchObject({ error: { code: 'KEY_NOT_SAVED' } })
  expect(readFileSync(join(folder, 'keys.json'), 'utf8')).toBe('not json')
})

test('a reader beside the app changes nothing', () => {
  const folder = folderWith({ 'keys.json': 'not json' })
  expect(readKeyFile(join(folder, 'keys.json'), { keepAside: false }).keys).toEqual([])
  expect(existsSync(join(folder, 'keys.broken.json'))).toBe(false)
})

test('what cannot be written is not so', () => {
  const folder = folderWith()
  writeFileSync(join(folder, 'file'), '')
  const store = openKeyStore({
    path: join(folder, 'file', 'keys.json'),
    keyring: keyringOf(1),
    idOf: credentialOf,
    now: () => 1,
  })
  expect(store.add(wish(KEY))).toMatchObject({ error: { code: 'KEY_NOT_SAVED' } })
  expect(store.usable('fal')).toEqual([])
})
