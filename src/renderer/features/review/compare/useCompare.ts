import { useState } from 'react'

import type { TakeId } from '../../../../shared/domain/ids.ts'
import type { TakeView } from '../../../../shared/domain/take.ts'
import type { Handlers } from '../../../commands/registry.ts'
import { useCommands } from '../../../commands/useCommands.ts'
import { takeVideo } from '../../../ipc/media.ts'
import { rowById } from '../../../store/keyset.ts'
import { notify } from '../../../store/notify.ts'
import { useStore } from '../../../store/store.ts'
import type { Sync } from '../sync/sync.ts'
import { useKeysOf } from '../useReviewKeys.ts'
import type { Takes } from '../useTakes.ts'
import { COLUMNS, moved, resized, SIZES, winnerStays, type Size, type Slots } from './slots.ts'

interface Comparing {
  readonly takes: Takes
  readonly sync: Sync
  readonly pool: readonly TakeId[]
  readonly size: Size
  readonly setSize: (size: Size) => void
  readonly slots: Slots
  readonly setSlots: (slots: Slots) => void
}

export interface Compare {
  readonly shown: readonly TakeView[]
  readonly focused: TakeView | null
  /** The one that is heard; null: none is. */
  readonly heard: TakeId | null
  readonly isWiping: boolean
  /** Where the wipe stands, a share of the width. */
  readonly wipe: number
  readonly focusOn: (at: number) => void
  readonly resize: (size: Size) => void
  readonly setWiping: (isWiping: boolean) => void
  readonly setWipe: (wipe: number) => void
}

/** Which takes are side by side, which of them keys are for, and what keys do. */
export function useCompare(comparing: Comparing): Compare {
  const { takes, sync, pool, setSize, slots, setSlots } = comparing
  const [heard, setHeard] = useState<TakeId | null>(null)
  const [wantsWipe, setWiping] = useState(false)
  const [wipe, setWipe] = useState(0.5)
  const shown = slots.shown.flatMap((at) => {
    const id = pool[at]
    return id === undefined ? [] : (rowById(takes.state, id) ?? [])
  })
  const focused = shown[slots.focus] ?? null
  const isWiping = wantsWipe && shown.length === 2

  const resize = (next: Size): void => {
    setWiping(false)
    setSize(next)
    setSlots(resized(slots, pool.length, next))
  }
  const wipeOn = (isOn: boolean): void => {
    if (isOn && shown.length !== 2) setSlots(resized(slots, pool.length, 2))
    if (isOn) setSize(2)
    setWiping(isOn)
  }
  useMoving({ ...comparing, resize })
  useCommands({
    'review.sound': {
      run: () => setHeard(focused === null || heard === focused.id ? null : focused.id),
    },
    'review.wipe': { run: () => wipeOn(!isWiping) },
    ...playing(sync, focused),
  })
  return {
    shown,
    focused,
    heard,
    isWiping,
    wipe,
    focusOn: (at) => setSlots({ ...slots, focus: at }),
    resize,
    setWiping: wipeOn,
    setWipe,
  }
}

function playing(sync: Sync, focused: TakeView | null): Handlers {
  const leader = focused === null ? '' : takeVideo(focused.id)
  return {
    'review.play': { run: sync.toggle },
    'review.stepBack': { run: () => sync.step(-1, leader) },
    'review.stepForward': { run: () => sync.step(1, leader) },
    'review.close': { run: () => useStore.getState().compareTakes(null) },
  }
}

/** Arrows move the focus, brackets change how many there are, and the winner meets the next. */
function useMoving(comparing: Comparing & { readonly resize: (size: Size) => void }): void {
  const { sync, pool, size, slots, setSlots, resize } = comparing
  const columns = COLUMNS[size]
  const move = (by: number) => () => setSlots(moved(slots, by))
  const change = (by: 1 | -1): void => {
    const next = SIZES[SIZES.indexOf(size) + by]
    if (next !== undefined && (by < 0 || pool.length > size)) resize(next)
  }
  const keepWinner = (): void => {
    const next = winnerStays(slots, pool.length)
    if (next !== null) return setSlots(next)
    notify({ text: 'That was the last one: every take has been beside the winner.', tone: 'done' })
  }
  useKeysOf({
    ArrowLeft: move(-1),
    ArrowRight: move(1),
    ArrowUp: move(-columns),
    ArrowDown: move(columns),
    Home: () => sync.seek(0),
    End: () => sync.seek(sync.store.getState().length),
  })
  useCommands({
    'review.winnerStays': { run: keepWinner },
    'review.fewer': { run: () => change(-1) },
    'review.more': { run: () => change(1) },
  })
}
