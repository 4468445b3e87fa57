import { useCallback, useSyncExternalStore } from 'react'

import { useView, type Panel, type Room } from '../store/viewStore.ts'

const wide = window.matchMedia('(min-width: 1180px)')

function subscribe(changed: () => void): () => void {
  wide.addEventListener('change', changed)
  return () => wide.removeEventListener('change', changed)
}

interface PanelState {
  readonly isOpen: boolean
  readonly set: (isOpen: boolean) => void
}

/** A side panel remembers one wish for wide windows and one for narrow ones. */
export function usePanel(panel: Panel): PanelState {
  const room: Room = useSyncExternalStore(subscribe, () => wide.matches) ? 'wide' : 'narrow'
  const isOpen = useView((view) => view.panels[panel][room])
  const set = useCallback(
    (next: boolean): void => {
      const { panels, change } = useView.getState()
      change({ panels: { ...panels, [panel]: { ...panels[panel], [room]: next } } })
    },
    [panel, room],
  )
  return { isOpen, set }
}
