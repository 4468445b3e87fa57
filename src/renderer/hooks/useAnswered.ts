import { useState } from 'react'
import { useStore } from 'zustand'

import type { KeysetRow, KeysetState } from '../store/keyset.ts'
import type { KeysetStore } from '../store/keysetStore.ts'

interface Answered<T extends KeysetRow> {
  readonly list: KeysetStore<T>
  readonly state: KeysetState<T>
}

/** A list and its rows. The one before it stays until it has an answer: nothing blinks while one types. */
export function useAnswered<T extends KeysetRow>(list: KeysetStore<T>): Answered<T> {
  const state = useStore(list.store)
  const [last, setLast] = useState<Answered<T>>({ list, state })
  // Nothing to keep: that there was nothing is no answer to what is asked now.
  const isKept = !state.isStarted && state.error === null && last.state.pages.length > 0
  if (isKept) return last
  if (last.state !== state) setLast({ list, state })
  return { list, state }
}
