import { useEffect, useMemo, useState } from 'react'
import { useStore as useVanilla } from 'zustand'

import type { PromptKind, PromptView } from '../../../shared/domain/prompt.ts'
import { ask, listen } from '../../ipc/client.ts'
import { hasMore, knownCount, rowAt, type KeysetState } from '../../store/keyset.ts'
import { createKeysetStore } from '../../store/keysetStore.ts'

export interface PromptFilter {
  readonly text: string
  readonly kind: PromptKind | null
  readonly tag: string | null
  readonly isFavourite: boolean
}

export interface Prompts {
  readonly state: KeysetState<PromptView>
  readonly count: number
  readonly prompt: (index: number) => PromptView | null
  readonly show: (from: number, to: number) => void
  readonly patch: (prompt: PromptView) => void
}

export function usePrompts({ text, kind, tag, isFavourite }: PromptFilter): Prompts {
  const list = useMemo(
    () =>
      createKeysetStore<PromptView>({
        read: (after, limit) =>
          ask('prompts.list', {
            ...(text.trim() === '' ? {} : { text: text.trim() }),
            ...(kind === null ? {} : { kind }),
            ...(tag === null ? {} : { tag }),
            ...(isFavourite ? { favourite: true } : {}),
            after,
            limit,
          }),
      }),
    [text, kind, tag, isFavourite],
  )
  useEffect(() => {
    list.show(0, 0)
    return listen('prompts.changed', list.refresh)
  }, [list])
  const state = useVanilla(list.store)
  return {
    state,
    count: knownCount(state) + (hasMore(state) && state.isStarted ? 1 : 0),
    prompt: (index) => rowAt(state, index),
    show: list.show,
    patch: (prompt) => list.patch([prompt]),
  }
}

interface TagCount {
  readonly tag: string
  readonly prompts: number
}

export function usePromptTags(): readonly TagCount[] {
  const [tags, setTags] = useState<readonly TagCount[]>([])
  useEffect(() => {
    let isGone = false
    const read = (): void =>
      void ask('prompts.tags').then((answer) => {
        if (answer.ok && !isGone) setTags(answer.data)
      })
    read()
    const end = listen('prompts.changed', read)
    return () => {
      isGone = true
      end()
    }
  }, [])
  return tags
}
