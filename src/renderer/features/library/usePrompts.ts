import { useEffect, useMemo } from 'react'

import type {
  PromptHistory,
  PromptId,
  PromptKind,
  PromptPlaces,
  PromptView,
} from '../../../shared/domain/prompt.ts'
import { useLiveAnswer } from '../../hooks/useAnswer.ts'
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

export const usePlaces = (): PromptPlaces | null =>
  useLiveAnswer('prompts.changed', 'prompts.places')

export const useHistory = (id: PromptId): PromptHistory | null =>
  useLiveAnswer('prompts.changed', 'prompts.history', { id })
