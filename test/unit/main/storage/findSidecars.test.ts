import { mkdirSync, mkdtempSync, rmSync, symlinkSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { findSidecars } from '../../../../src/main/storage/rebuild/findSidecars.ts'
import { parseSidecar } from '../../../../src/main/media/sidecar.ts'
import { folderWith } from '../../../helpers/folder.ts'
import { SIDECAR } from '../../../helpers/sidecar.ts'

test.each([
  '../outside.mp4',
  String.raw`..\outside.mp4`,
  'inner/../../outside.mp4',
  'C:outside.mp4',
  'outside.mp4:stream',
  '..',
  '',
])('a sidecar leads to no file but the one beside it: %j', async (name) => {
  const root = mkdtempSync(join(tmpdir(), 'dailies-sidecars-'))
  onTestFinished(() => rmSync(root, { recursive: true, force: true }))
  const folder = join(root, 'takes')
  mkdirSync(join(folder, 'inner'), { recursive: true })
  writeFileSync(join(root, 'outside.mp4'), 'film')
  const lying = { ...SIDECAR, file: { ...SIDECAR.file, name, bytes: 4 } }
  writeFileSync(join(folder, 'clip.dailies.json'), JSON.stringify(lying))
  const { takes, problems } = await findSidecars([folder])
  expect(takes).toEqual([])
  expect(problems[0]?.message).toContain('no name of a file beside it')
})

test.skipIf(process.platform === 'win32')(
  'a device, a file of gigabytes and JSON without end are no sidecars, and stop nothing',
  async () => {
    const folder = folderWith({ 'film.mp4': 'film' })
    symlinkSync('/dev/zero', join(folder, 'endless.dailies.json'))
    writeFileSync(join(folder, 'long.dailies.json'), '')
    truncateSync(join(folder, 'long.dailies.json'), 8 * 1024 ** 3)
    const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`
    const sent = { method: 'POST', url: '', body: 'here' }
    const nested = JSON.stringify({ ...SIDECAR, sent }).replace('"here"', deep)
    writeFileSync(join(folder, 'deep.dailies.json'), nested)
    expect(parseSidecar(nested)).toMatchObject({ ok: false, error: { code: 'notSidecar' } })
    const { takes, problems } = await findSidecars([folder])
    expect(takes).toEqual([])
    expect(problems).toHaveLength(3)
  },
)
