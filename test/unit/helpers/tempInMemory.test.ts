import { chmodSync, mkdirSync, readdirSync, utimesSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest'
import { folderWith } from '../../helpers/folder.ts'
import { clearLeftBehind } from '../../helpers/tempInMemory.ts'

/** More than Linux ever gives. */
const NOBODY = 2 ** 22 + 1
const TWO_DAYS_AGO = Date.now() / 1000 - 2 * 86_400

afterEach(() => vi.restoreAllMocks())

function diskWith(names: readonly string[]): string {
  const disk = folderWith()
  for (const name of names) {
    mkdirSync(join(disk, name))
    utimesSync(join(disk, name), TWO_DAYS_AGO, TWO_DAYS_AGO)
  }
  return disk
}

describe.runIf(process.platform === 'linux')('what killed runs left in memory', () => {
  test('goes, and nothing beside it', () => {
    const kept = [`dailies-tests-${process.pid}-a`, `other-${NOBODY}-a`]
    // Earlier builds gave it no number.
    const disk = diskWith([...kept, `dailies-tests-${NOBODY}-a`, 'dailies-tests-a'])
    clearLeftBehind(disk)
    expect(readdirSync(disk).toSorted()).toEqual(kept.toSorted())
  })

  test('stays for a day: the number of a run elsewhere on this disk is not known here', () => {
    const disk = diskWith([])
    mkdirSync(join(disk, `dailies-tests-${NOBODY}-a`))
    clearLeftBehind(disk)
    expect(readdirSync(disk)).toHaveLength(1)
  })

  test('stays when it is another person’s', () => {
    const disk = diskWith([`dailies-tests-${NOBODY}-a`])
    vi.spyOn(process, 'getuid').mockReturnValue(NOBODY)
    clearLeftBehind(disk)
    expect(readdirSync(disk)).toHaveLength(1)
  })

  test.runIf(process.getuid?.() !== 0)('keeps no test from starting', () => {
    const disk = diskWith([`dailies-tests-${NOBODY}-a`])
    chmodSync(disk, 0o500)
    onTestFinished(() => chmodSync(disk, 0o700))
    clearLeftBehind(disk)
    expect(readdirSync(disk)).toHaveLength(1)
  })
})
