import { expect, it } from 'vitest'
import type { Movie, Track } from '../../../../src/main/media/mp4/movie.ts'
import { shownFrames } from '../../../../src/main/media/mp4/frames.ts'
import { instantPlan } from '../../../../src/main/media/mp4/instantPlan.ts'

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
