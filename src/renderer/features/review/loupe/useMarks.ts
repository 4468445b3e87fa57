import { useEffect } from 'react'
import { create } from 'zustand'

import type { ClipView } from '../../../../shared/domain/clip.ts'
import type { TakeId } from '../../../../shared/domain/ids.ts'
import { ask } from '../../../ipc/client.ts'
import { act } from '../../../store/notify.ts'
import { useStore } from '../../../store/store.ts'
import { usePlayer, type Marks } from '../player/player.ts'

interface OpenClips {
  /** Whose they are; null until they were read. */
  readonly takeId: TakeId | null
  readonly clips: readonly ClipView[]
  /** The one that the marks belong to; behind the last: a new one that has none yet. */
  readonly at: number
}

/** The clips of the take in the loupe. */
export const useClips = create<OpenClips>(() => ({ takeId: null, clips: [], at: 0 }))

/** One after the other: a clip that is being made must not be made twice, nor one that is still read. */
let saving: Promise<void> = Promise.resolve()

/** The marks of a take come with it and stay with it: they are one of its clips. */
export function useMarks(takeId: TakeId): void {
  useEffect(() => {
    let isGone = false
    useClips.setState({ takeId: null, clips: [], at: 0 })
    saving = saving.then(async () => {
      const answer = await ask('clips.ofTakes', { takeIds: [takeId] })
      if (isGone) return
      useClips.setState({ takeId, clips: answer.ok ? answer.data : [] })
      showClip(0)
    })
    return () => {
      isGone = true
    }
  }, [takeId])
}

/** Shows the marks of a clip; behind the last one there are none. */
export function showClip(at: number): void {
  const clip = useClips.getState().clips[at]
  useClips.setState({ at })
  const marks = clip === undefined ? null : { in: clip.inFrame, out: clip.outFrame }
  usePlayer.getState().change({ marks })
}

/** Shows the marks at once and keeps them; null takes their clip away. */
export function setMarks(takeId: TakeId, marks: Marks | null): Promise<void> {
  usePlayer.getState().change({ marks })
  const at = placeOfShown()
  saving = saving.then(() =>
    marks === null ? remove(takeId, at()) : save(takeId, at(), { marks }),
  )
  return saving
}

/** What the clip is called: in names of exports and lists. */
export function nameClip(takeId: TakeId, name: string): Promise<void> {
  const at = placeOfShown()
  saving = saving.then(() => save(takeId, at(), { name }))
  return saving
}

/** Where the clip that is shown stands when its turn has come: those before it may have changed the list. */
function placeOfShown(): () => number {
  const { clips, at } = useClips.getState()
  const id = clips[at]?.id
  return () => {
    const now = useClips.getState()
    const found = now.clips.findIndex((clip) => clip.id === id)
    return found < 0 ? now.at : found
  }
}

async function remove(takeId: TakeId, at: number): Promise<void> {
  const { takeId: open, clips } = useClips.getState()
  const clip = clips[at]
  if (open !== takeId || clip === undefined) return
  const removed = await act('The marks were not removed.', 'clips.remove', { ids: [clip.id] })
  if (!removed.ok) return
  useStore.getState().remember(() => {
    saving = saving.then(() => bringBack(clip))
    return saving
  })
  if (useClips.getState().takeId !== takeId) return
  const left = clips.filter(({ id }) => id !== clip.id)
  useClips.setState({ clips: left, at: left.length })
}

/** The clip as it was; shown where its take is still open. */
async function bringBack({ id, takeId }: ClipView): Promise<void> {
  const isOpen = (): boolean => useClips.getState().takeId === takeId
  const restored = await act('The marks were not brought back.', 'clips.restore', { ids: [id] })
  if (!restored.ok || !isOpen()) return
  const answer = await ask('clips.ofTakes', { takeIds: [takeId] })
  if (!answer.ok || !isOpen()) return
  useClips.setState({ clips: answer.data })
  showClip(answer.data.findIndex((clip) => clip.id === id))
}

interface Change {
  readonly marks?: Marks
  readonly name?: string
}

async function save(takeId: TakeId, at: number, { marks, name }: Change): Promise<void> {
  const { takeId: open, clips } = useClips.getState()
  const clip = open === takeId ? clips[at] : undefined
  const inFrame = marks?.in ?? clip?.inFrame
  const outFrame = marks?.out ?? clip?.outFrame
  if (inFrame === undefined || outFrame === undefined) return
  const saved = await act('The marks were not kept.', 'clips.save', {
    id: clip?.id ?? null,
    takeId,
    name: name ?? clip?.name ?? '',
    inFrame,
    outFrame,
  })
  if (!saved.ok || useClips.getState().takeId !== takeId) return
  const kept = useClips.getState().clips
  useClips.setState({
    clips: clip === undefined ? [...kept, saved.data] : kept.with(at, saved.data),
  })
}
