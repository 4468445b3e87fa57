import { afterEach, expect, test, vi } from 'vitest'
import type { ClipView } from '../../../../src/shared/domain/clip.ts'
import {
  setMarks,
  showClip,
  useClips,
} from '../../../../src/renderer/features/review/loupe/useMarks.ts'
import { usePlayer } from '../../../../src/renderer/features/review/player/player.ts'
import { useStore } from '../../../../src/renderer/store/store.ts'
import { openPageDoor } from '../../../helpers/pageDoor.ts'

afterEach(() => vi.unstubAllGlobals())

const clip = (n: number): ClipView => ({
  id: `clip_0${n}`,
  takeId: 'take_01A0',
  name: `wave ${n}`,
  inFrame: n,
  outFrame: n + 10,
  createdAt: 1,
  revision: 1,
})

/** A take with two clips, the second of them shown. */
function openClips(): unknown[] {
  const asked: unknown[] = []
  openPageDoor((route, wish: object) => {
    asked.push([route, wish])
    if (route === 'clips.save') return { ok: true, data: { ...clip(3), ...wish } }
    return route === 'clips.ofTakes' ? { ok: true, data: [clip(1), clip(2)] } : { ok: true }
  })
  useClips.setState({ takeId: 'take_01A0', clips: [clip(1), clip(2)], at: 1 })
  showClip(1)
  return asked
}

// Promise: one key takes back whatever was done to a take, clips with their names too.
test('a clip whose marks were cleared comes back as it was', async () => {
  const asked = openClips()
  await setMarks('take_01A0', null)
  expect(useClips.getState().clips).toEqual([clip(1)])
  await useStore.getState().undoVerdict()
  expect(asked).toEqual([
    ['clips.remove', { ids: ['clip_02'] }],
    ['clips.restore', { ids: ['clip_02'] }],
    ['clips.ofTakes', { takeIds: ['take_01A0'] }],
  ])
  expect(useClips.getState()).toMatchObject({ clips: [clip(1), clip(2)], at: 1 })
  expect(usePlayer.getState().marks).toEqual({ in: 2, out: 12 })
})

test('it comes back too while another take is open, whose marks stay as they are', async () => {
  const asked = openClips()
  await setMarks('take_01A0', null)
  useClips.setState({ takeId: 'take_01A1', clips: [], at: 0 })
  await useStore.getState().undoVerdict()
  expect(asked.at(-1)).toEqual(['clips.restore', { ids: ['clip_02'] }])
  expect(useClips.getState()).toMatchObject({ takeId: 'take_01A1', clips: [] })
})

// Promise: marks go to the clip that is shown, however quickly the keys follow one another.
test("marks that are set right after others were cleared, or came back, are no other clip's", async () => {
  const asked = openClips()
  const saved = (): unknown[] => asked.filter((call) => (call as unknown[])[0] === 'clips.save')
  showClip(0)
  const cleared = setMarks('take_01A0', null)
  await Promise.all([cleared, setMarks('take_01A0', { in: 50, out: 60 })])
  expect(saved()).toMatchObject([['clips.save', { id: null, inFrame: 50 }]])

  openClips()
  showClip(0)
  await setMarks('take_01A0', null)
  const back = useStore.getState().undoVerdict()
  await Promise.all([back, setMarks('take_01A0', { in: 50, out: 60 })])
  expect(useClips.getState().clips.map(({ id }) => id)).toContain('clip_02')
  expect(useClips.getState().clips).toContainEqual(clip(2))
})
