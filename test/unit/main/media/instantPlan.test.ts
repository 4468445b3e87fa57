import { expect, it } from 'vitest'
import type { Movie, Track } from '../../../../src/main/media/mp4/movie.ts'
import { shownFrames } from '../../../../src/main/media/mp4/frames.ts'
import { words } from '../../../../src/main/media/mp4/boxTree.ts'
import { instantPlan } from '../../../../src/main/media/mp4/instantPlan.ts'
import { readSamples } from '../../../../src/main/media/mp4/sampleTable.ts'

it('cuts a film of hours, too: two at 50 pictures a second', () => {
  const pictures = 360_000
  const video: Track = {
    kind: 'video',
    timescale: 50,
    samples: Array.from({ length: pictures }, (_, at) => ({
      offset: at,
      bytes: 1,
      decodeAt: at,
      duration: 1,
      showAt: at,
      isKey: at % 100 === 0,
      description: 1,
    })),
    delaySeconds: 0,
    startAt: 0,
    endAt: pictures,
    box: { type: 'trak', children: [] },
  }
  const movie: Movie = { brand: new Uint8Array(), header: new Uint8Array(), video, audio: [] }
  const range = { inFrame: 50, outFrame: pictures - 50 }
  const plan = instantPlan(movie, shownFrames(movie), range)
  expect(plan).toMatchObject({ ok: true, value: { hiddenBefore: 50, hiddenAfter: 0 } })
})

it('does not take a few bytes at their word that claim packets enough to fill the memory', () => {
  const minute = 60 * 48_000
  const table = (type: string, ...values: number[]) => ({ type, body: words([0, ...values]) })
  const read = (count: number, fileBytes: number) => () =>
    readSamples([table('stsz', 4, count), table('stts', 1, count, 1)], fileBytes)
  expect(read(minute, 300)).toThrow('claims too many samples')
  expect(read(2 * minute, 8 * minute)).toThrow('claims too many samples')
  // A minute of sound without compression is no such claim: what is wrong of this is another table.
  expect(read(minute, 4 * minute)).toThrow('there is no co64 box')
})
