import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { createDrops } from '../../../../src/main/ipc/drops.ts'

let folder: string
let ids = 0
const drops = () => createDrops({ newId: () => `drop-${(ids += 1)}` })
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'dailies-drops-'))
  for (const name of ['a.PNG', 'b.csv', 'c.bin']) writeFileSync(join(folder, name), 'x')
  mkdirSync(join(folder, 'stills'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

test('files become ids of their kind; the page never sees a path', async () => {
  const paths = ['a.PNG', 'b.csv', 'c.bin', 'stills'].map((name) => join(folder, name))
  const registry = drops()
  const answer = await registry.receive(paths, { isTrusted: true })
  const data = answer.ok ? answer.data : []
  expect(data.map(({ name, kind }) => [name, kind])).toEqual([
    ['a.PNG', 'image'],
    ['b.csv', 'batchFile'],
    ['c.bin', 'other'],
    ['stills', 'folder'],
  ])
  expect(JSON.stringify(data)).not.toContain(folder)
  expect(data.map(({ dropId }) => registry.pathOf(dropId))).toEqual(paths)
})

test('what is not there is left out, an unknown id leads nowhere', async () => {
  const registry = drops()
  const answer = await registry.receive([join(folder, 'gone.png')], { isTrusted: true })
  expect(answer).toEqual({ ok: true, data: [] })
  expect(registry.pathOf('drop-999')).toBeNull()
  expect(registry.pathOf('/etc/passwd')).toBeNull()
})

test.each([['/etc/passwd'], [['relative.png']], [[7]], [null], [Array(3000).fill('/x')]])(
  'what is no list of absolute paths is refused (%#)',
  async (paths) => {
    const answer = await drops().receive(paths, { isTrusted: true })
    expect(answer).toMatchObject({ ok: false, error: { code: 'BAD_INPUT' } })
  },
)

test('nobody but our own page may hand over files', async () => {
  const answer = await drops().receive([join(folder, 'a.PNG')], { isTrusted: false })
  expect(answer).toMatchObject({ ok: false, error: { code: 'UNTRUSTED_SENDER' } })
})
