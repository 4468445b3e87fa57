import { useEffect, useMemo, useState } from 'react'
import { useStore as useVanilla } from 'zustand'

import type { FrameView } from '../../../shared/domain/referenceFrame.ts'
import { ask, listen } from '../../ipc/client.ts'
import { hasMore, knownCount, rowAt, type KeysetState } from '../../store/keyset.ts'
import { createKeysetStore } from '../../store/keysetStore.ts'

export interface Frames {
  readonly state: KeysetState<FrameView>
  readonly known: number
  readonly hasMore: boolean
  readonly frame: (index: number) => FrameView | null
  readonly show: (from: number, to: number) => void
}

/** The frames of the library that match, latest first. */
export function useFrames(text: string, tag: string | null): Frames {
  const list = useMemo(
    () =>
      createKeysetStore<FrameView>({
        read: (after, limit) =>
          ask('frames.list', {
            ...(text.trim() === '' ? {} : { text: text.trim() }),
            ...(tag === null ? {} : { tag }),
            after,
            limit,
          }),
      }),
    [text, tag],
  )
  useEffect(() => {
    list.show(0, 0)
    return listen('frames.changed', list.refresh)
  }, [list])
  const state = useVanilla(list.store)
  return {
    state,
    known: knownCount(state),
    hasMore: hasMore(state),
    frame: (index) => rowAt(state, index),
    show: list.show,
  }
}

interface TagCount {
  readonly tag: string
  readonly frames: number
}

export function useFrameTags(): readonly TagCount[] {
  const [tags, setTags] = useState<readonly TagCount[]>([])
  useEffect(() => {
    let isGone = false
    const read = (): void =>
      void ask('frames.tags').then((answer) => {
        if (answer.ok && !isGone) setTags(answer.data)
      })
    read()
    const end = listen('frames.changed', read)
    return () => {
      isGone = true
      end()
    }
  }, [])
  return tags
}
