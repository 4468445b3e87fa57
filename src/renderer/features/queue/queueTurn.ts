import { useStore } from '../../store/store.ts'

/** Calls back after each change that was made here. Returns its unsubscribe. */
export const onQueueTurn = (changed: () => void): (() => void) =>
  useStore.subscribe((now, before) => {
    if (now.queueTurn !== before.queueTurn) changed()
  })
