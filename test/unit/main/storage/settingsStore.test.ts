import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { openSettingsStore } from '../../../../src/main/storage/settingsStore.ts'

let folder: string
let path: string
const open = () => openSettingsStore(path, () => 0)

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dailies-settings-'))
  path = join(folder, 'settings.json')
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('what is set is there after a restart, and the rest is as it was', () => {
  open().set({ keepAwake: false })
  open().set({ folders: { outDir: '/media/takes', exportDir: null } })
  const { keepAwake, folders } = open().get()
  expect({ keepAwake, outDir: folders.outDir }).toEqual({
    keepAwake: false,
    outDir: '/media/takes',
  })
  expect(readdirSync(folder)).toEqual(['settings.json'])
})

test('a broken file gives way to a whole one, and is kept beside it', () => {
  writeFileSync(path, '{ "keepAwake": ')
  expect(open().notice).toContain('could not be read')
  expect(open().notice).toBeNull()
  expect(readdirSync(folder)).toHaveLength(2)
})

test('what cannot be written is not so', () => {
  const store = open()
  const heard: boolean[] = []
  store.subscribe(({ keepAwake }) => heard.push(keepAwake))
  rmSync(folder, { recursive: true })
  expect(() => store.set({ keepAwake: false })).toThrow('ENOENT')
  expect({ now: store.get().keepAwake, heard }).toEqual({ now: true, heard: [] })
})
