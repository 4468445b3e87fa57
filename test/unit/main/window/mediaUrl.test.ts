import fc from 'fast-check'
import { expect, test } from 'vitest'
import { parseMediaUrl } from '../../../../src/main/window/mediaUrl.ts'

const digest = 'ab'.repeat(32)

test('names a part of a take or a frame', () => {
  expect(parseMediaUrl('media://take/take_01J8ZQ/video')).toEqual({
    of: 'take',
    takeId: 'take_01J8ZQ',
    part: 'video',
  })
  expect(parseMediaUrl(`media://frame/${digest}/thumb?again=1`)).toEqual({
    of: 'frame',
    frame: digest,
    part: 'thumb',
  })
  expect(parseMediaUrl('media://frame/frame_01J8ZQ/full')).toEqual({
    of: 'frame',
    frame: 'frame_01J8ZQ',
    part: 'full',
  })
})

test.each([
  'media://take/../../etc/passwd',
  'media://take/take_01J8ZQ/video/more',
  'media://take/take_01J8ZQ/..%2f..%2fetc',
  'media://take/%2e%2e/video',
  `media://frame/${digest}`,
  'media://frame/ABCDEF/full',
  'media:///etc/passwd',
  'media://etc/passwd',
  'file:///etc/passwd',
  'not an address',
])('%s names nothing', (address) => {
  expect(parseMediaUrl(address)).toBeNull()
})

test('no address makes it throw, and no name holds a separator', () => {
  const address = fc.oneof(fc.string(), fc.webPath()).map((path) => `media://take${path}`)
  fc.assert(
    fc.property(address, (text) => !/[/\\]|\.\./.test(JSON.stringify(parseMediaUrl(text)))),
    { numRuns: 300 },
  )
  expect(parseMediaUrl('media://take/')).toBeNull()
})
