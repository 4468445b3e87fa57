import { useEffect } from 'react'

import type { ClipId } from '../../../../shared/domain/clip.ts'
import type { TakeId } from '../../../../shared/domain/ids.ts'
import { ask } from '../../../ipc/client.ts'
import { act } from '../../../store/notify.ts'
import { usePlayer, type Marks } from '../player/player.ts'

/** The clip that the loupe's marks belong to; null: the take has none yet. */
let kept: {
  readonly takeId: TakeId
  readonly clipId: ClipId | null
  readonly name: string
} | null = null

/** The marks of a take come with it and stay with it: they are its first clip. */
export function useMarks(takeId: TakeId): void {
  useEffect(() => {
    let isGone = false
    kept = null
    void ask('clips.ofTakes', { takeIds: [takeId] }).then((answer) => {
      if (isGone) return
      const clip = answer.ok ? answer.data[0] : undefined
      kept = { takeId, clipId: clip?.id ?? null, name: clip?.name ?? '' }
      const marks = clip === undefined ? null : { in: clip.inFrame, out: clip.outFrame }
      usePlayer.getState().change({ marks })
    })
    return () => {
      isGone = true
    }
  }, [takeId])
}

/** Shows the marks at once and keeps them; null takes them away. */
export async function setMarks(takeId: TakeId, marks: Marks | null): Promise<void> {
  usePlayer.getState().change({ marks })
  const clip = kept?.takeId === takeId ? kept : { takeId, clipId: null, name: '' }
  if (marks === null) {
    kept = { ...clip, clipId: null }
    if (clip.clipId !== null) {
      await act('The marks were not removed.', 'clips.remove', { ids: [clip.clipId] })
    }
    return
  }
  const points = { inFrame: marks.in, outFrame: marks.out }
  const saved = await act('The marks were not kept.', 'clips.save', {
    id: clip.clipId,
    takeId,
    name: clip.name,
    ...points,
  })
  if (saved.ok && kept?.takeId === takeId) kept = { ...clip, clipId: saved.data.id }
}
