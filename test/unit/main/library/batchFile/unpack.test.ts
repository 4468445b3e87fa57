import { strFromU8, unzipSync, zipSync } from 'fflate'
import { expect, test } from 'vitest'
import { unpack } from '../../../../../src/main/library/batchFile/unpack.ts'

const MB = 1024 * 1024
const archive = (bytes: number): Buffer =>
  Buffer.from(zipSync({ 'xl/a.xml': new Uint8Array(bytes).fill(65), 'b.xml': new Uint8Array(9) }))

/** Where an archive says how large its first file is: in front of it, and in the directory. */
const sizesAt = (zip: Buffer): readonly number[] => [22, zip.indexOf('PK\u0001\u0002') + 24]

test('an archive comes out with the same files, nothing packed', () => {
  const plain = unpack(archive(3 * MB), 4 * MB)
  if (typeof plain === 'string') throw new TypeError(plain)
  expect(plain.length).toBeGreaterThan(3 * MB)
  const files = unzipSync(plain)
  expect(Object.keys(files)).toEqual(['xl/a.xml', 'b.xml'])
  expect(strFromU8(files['xl/a.xml'] ?? new Uint8Array())).toBe('A'.repeat(3 * MB))
})

test.each([0, 1000, 3 * MB])(
  'what unpacks to too much is refused, whatever it says: %i',
  (said) => {
    const bomb = archive(3 * MB)
    for (const at of sizesAt(bomb)) bomb.writeUInt32LE(said, at)
    expect(bomb.length).toBeLessThan(MB / 100)
    expect(unpack(bomb, 2 * MB)).toBe('tooLarge')
  },
)

test.each(['', 'not a zip', 'PK\u0003\u0004 and no more'])('%j is no archive', (text) => {
  expect(unpack(Buffer.from(text), MB)).toBe('notArchive')
})

test('an archive that was cut anywhere is none', () => {
  const whole = archive(1000)
  for (let end = 0; end < whole.length - 22; end += 7) {
    expect(unpack(whole.subarray(0, end), MB)).toBe('notArchive')
  }
})
