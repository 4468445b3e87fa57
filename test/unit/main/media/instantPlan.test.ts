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
  const count = 1_000_001
  const table = (type: string, ...values: number[]) => ({ type, body: words([0, ...values]) })
  const tables = [
    table('stsz', 1, count),
    table('stts', 1, count, 1),
    table('stsc', 1, 1, count, 1),
    table('stco', 1, 0),
  ]
  expect(() => readSamples(tables)).toThrow('claims too many samples')
})
