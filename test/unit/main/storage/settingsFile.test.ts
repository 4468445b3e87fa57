import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { DEFAULT_NAMING } from '../../../../src/shared/domain/naming.ts'
import { readSettings } from '../../../../src/main/storage/settingsFile.ts'
import { openSettingsStore } from '../../../../src/main/storage/settingsStore.ts'
import { settingsSchema } from '../../../../src/shared/domain/settings.ts'

let folder: string
let path: string
const now = () => Date.UTC(2026, 10, 22, 22, 15)
const defaults = settingsSchema.parse({})

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dailies-settings-'))
  path = join(folder, 'settings.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('no file yet: defaults, and nothing to say', () => {
  expect(readSettings(path, now)).toEqual({ settings: defaults, notice: null, mayWrite: true })
})

test('an older file without the newer parts keeps what it has', () => {
  writeFileSync(path, JSON.stringify({ appearance: { theme: 'light' }, keepAwake: false }))
  const { settings, notice } = readSettings(path, now)
  expect(settings).toEqual({
    ...defaults,
    appearance: { ...defaults.appearance, theme: 'light' },
    keepAwake: false,
  })
  expect(notice).toBeNull()
})

test('a newer file with parts that this version does not know is no fault', () => {
  writeFileSync(path, JSON.stringify({ ...defaults, nights: { start: '23:00' } }))
  expect(readSettings(path, now)).toEqual({ settings: defaults, notice: null, mayWrite: true })
})

test('a wrong part falls back alone, the file is kept aside, and the person is told', () => {
  const text = JSON.stringify({ ...defaults, keepAwake: false, appearance: { theme: 'pink' } })
  writeFileSync(path, text)
  const { settings, notice } = readSettings(path, now)
  expect(settings).toEqual({ ...defaults, keepAwake: false })
  expect(notice).toContain('appearance')
  const aside = readdirSync(folder).find((name) => name.includes('broken')) ?? ''
  expect(notice).toContain(aside)
  expect(readFileSync(join(folder, aside), 'utf8')).toBe(text)
  // A crash comes before the new file is there: the next start finds the same, and says it again.
  expect(readSettings(path, () => now() + 1)).toMatchObject({ settings, mayWrite: true })
})

test.each(['', '{ "appearance": ', '[]', 'null', '\0\0\0'])(
  'a broken file (%j) is kept aside and the app starts with defaults',
  (text) => {
    writeFileSync(path, text)
    const { settings, notice } = readSettings(path, now)
    expect(settings).toEqual(defaults)
    expect(notice).toMatch(/could not be read.*kept as settings\.broken-2026-11-22/)
  },
)

test('a broken file that cannot be moved aside is never written over, and the person is told', async () => {
  writeFileSync(path, '{ "keepAwake": fal')
  // A folder has the name that it would get.
  mkdirSync(join(folder, 'settings.broken-2026-11-22T22-15-00-000Z.json', 'full'), {
    recursive: true,
  })
  const store = openSettingsStore(folder, now)
  expect(store.notice).toMatch(/could not be read.*left as it is.*start again/)
  await expect(store.set({ keepAwake: false })).rejects.toThrow(/left as it is/)
  expect(store.get()).toEqual(defaults)
  expect(readFileSync(path, 'utf8')).toBe('{ "keepAwake": fal')
})

test('the parts that were right are in the file again at once', () => {
  writeFileSync(path, JSON.stringify({ keepAwake: false, appearance: { theme: 'pink' } }))
  expect(openSettingsStore(folder, now).notice).not.toBeNull()
  expect(readSettings(path, now)).toMatchObject({ settings: { keepAwake: false }, notice: null })
})

test('the default naming is the one that files get without settings', () => {
  expect(defaults.naming.template).toBe(DEFAULT_NAMING)
})
