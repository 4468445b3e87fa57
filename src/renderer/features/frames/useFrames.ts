import { useEffect, useMemo } from 'react'

import type { FrameId } from '../../../shared/domain/ids.ts'
import type { FrameView } from '../../../shared/domain/referenceFrame.ts'
import type { OutputOf } from '../../../shared/ipc/routes.ts'
import { useLiveAnswer } from '../../hooks/useAnswer.ts'
import { useAnswered } from '../../hooks/useAnswered.ts'
import { ask, listen } from '../../ipc/client.ts'
import { hasMore, knownCount, rowAt, type KeysetState } from '../../store/keyset.ts'
import { createKeysetStore } from '../../store/keysetStore.ts'

export interface Frames {
  readonly state: KeysetState<FrameView>
  readonly known: number
  readonly hasMore: boolean
  readonly frame: (index: number) => FrameView | null
  /** Another one with every list. */
  readonly show: (from: number, to: number) => void
  readonly readIds: () => Promise<readonly FrameId[]>
}

const reader = (text: string, tag: string | null) => (after: string | null, limit: number) =>
  ask('frames.list', {
    ...(text.trim() === '' ? {} : { text: text.trim() }),
    ...(tag === null ? {} : { tag }),
    after,
    limit,
  })

/** Of every frame that matches, read or not; those before a page that could not be read. */
async function readIds(read: ReturnType<typeof reader>): Promise<readonly FrameId[]> {
  const ids: FrameId[] = []
  for (let after: string | null = null; ;) {
    const page: Awaited<ReturnType<typeof read>> = await read(after, PAGE)
    if (!page.ok) return ids
    ids.push(...page.data.rows.map(({ id }) => id))
    if (page.data.next === null) return ids
    after = page.data.next
  }
}

const PAGE = 500

/** The frames of the library that match, latest first. */
export function useFrames(text: string, tag: string | null): Frames {
  const list = useMemo(() => createKeysetStore<FrameView>({ read: reader(text, tag) }), [text, tag])
  useEffect(() => {
    list.show(0, 0)
    return listen('frames.changed', list.refresh)
  }, [list])
  const { list: shown, state } = useAnswered(list)
  return {
    state,
    known: knownCount(state),
    hasMore: hasMore(state),
    frame: (index) => rowAt(state, index),
    show: shown.show,
    readIds: () => readIds(reader(text, tag)),
  }
}

const NO_TAGS: OutputOf<'frames.tags'> = Object.freeze([])

export const useFrameTags = (): OutputOf<'frames.tags'> =>
  useLiveAnswer('frames.changed', 'frames.tags') ?? NO_TAGS
