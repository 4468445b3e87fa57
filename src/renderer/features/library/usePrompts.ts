import { useEffect, useMemo, useState } from 'react'

import type {
  PromptHistory,
  PromptId,
  PromptKind,
  PromptPlaces,
  PromptView,
} from '../../../shared/domain/prompt.ts'
import { useAnswered } from '../../hooks/useAnswered.ts'
import { ask, listen } from '../../ipc/client.ts'
import { hasMore, knownCount, rowAt, type KeysetState } from '../../store/keyset.ts'
import { createKeysetStore } from '../../store/keysetStore.ts'

/** Where in the library one looks. */
export type Place =
  | { readonly kind: 'all' }
  | { readonly kind: 'favourites' }
  | { readonly kind: 'duplicates' }
  | { readonly kind: 'folder'; readonly name: string }
  | { readonly kind: 'tag'; readonly name: string }

export interface PromptFilter {
  readonly text: string
  readonly kind: PromptKind | null
  readonly place: Place
}

export const ALL: Place = { kind: 'all' }
export const EVERYTHING: PromptFilter = { text: '', kind: null, place: ALL }

export interface Prompts {
  readonly state: KeysetState<PromptView>
  readonly count: number
  readonly prompt: (index: number) => PromptView | null
  /** Another one with every list. */
  readonly show: (from: number, to: number) => void
  readonly patch: (prompt: PromptView) => void
}

export function usePrompts({ text, kind, place }: PromptFilter): Prompts {
  const list = useMemo(
    () =>
      createKeysetStore<PromptView>({
        read: (after, limit) =>
          ask('prompts.list', {
            ...(text.trim() === '' ? {} : { text: text.trim() }),
            ...(kind === null ? {} : { kind }),
            ...placeQuery(place),
            after,
            limit,
          }),
      }),
    [text, kind, place],
  )
  useEffect(() => {
    list.show(0, 0)
    return listen('prompts.changed', list.refresh)
  }, [list])
  const { list: shown, state } = useAnswered(list)
  return {
    state,
    count: knownCount(state) + (hasMore(state) && state.isStarted ? 1 : 0),
    prompt: (index) => rowAt(state, index),
    show: shown.show,
    patch: (prompt) => shown.patch([prompt]),
  }
}

function placeQuery(place: Place) {
  switch (place.kind) {
    case 'all': {
      return {}
    }
    case 'favourites': {
      return { favourite: true }
    }
    case 'duplicates': {
      return { duplicates: true }
    }
    case 'folder': {
      return { folder: place.name }
    }
    case 'tag': {
      return { tag: place.name }
    }
  }
}

/** Asked again whenever the library changes; null until the first answer. */
function useAnswer<T>(read: () => Promise<T | null>, key: string): T | null {
  const [answer, setAnswer] = useState<{ readonly key: string; readonly data: T } | null>(null)
  useEffect(() => {
    let isGone = false
    const readAgain = (): void =>
      void read().then((data) => {
        if (data !== null && !isGone) setAnswer({ key, data })
      })
    readAgain()
    const end = listen('prompts.changed', readAgain)
    return () => {
      isGone = true
      end()
    }
    // oxlint-disable-next-line react/exhaustive-deps -- `key` says when `read` is another
  }, [key])
  return answer?.key === key ? answer.data : null
}

export const usePlaces = (): PromptPlaces | null =>
  useAnswer(async () => {
    const answer = await ask('prompts.places')
    return answer.ok ? answer.data : null
  }, '')

export const useHistory = (id: PromptId): PromptHistory | null =>
  useAnswer(async () => {
    const answer = await ask('prompts.history', { id })
    return answer.ok ? answer.data : null
  }, id)
