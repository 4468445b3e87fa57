import { useRef } from 'react'
import { Popover } from 'react-aria-components'

import { MenuList, type MenuGroup } from './Menu.tsx'
import './overlay.css'

export interface MenuPlace {
  readonly x: number
  readonly y: number
}

interface ContextMenuProps {
  readonly label: string
  /** Where the pointer was; null: closed. */
  readonly place: MenuPlace | null
  readonly groups: readonly MenuGroup[]
  readonly onClose: () => void
}

/** A menu that opens at the pointer. */
export function ContextMenu({ label, place, groups, onClose }: ContextMenuProps) {
  const anchor = useRef<HTMLSpanElement>(null)
  return (
    <>
      <span
        ref={anchor}
        className="menu-anchor"
        style={place === null ? undefined : { left: place.x, top: place.y }}
      />
      <Popover
        className="popover"
        aria-label={label}
        triggerRef={anchor}
        placement="bottom start"
        isOpen={place !== null}
        onOpenChange={(isOpen) => {
          if (!isOpen) onClose()
        }}
      >
        <MenuList
          label={label}
          groups={groups.map((group) => ({
            ...group,
            entries: group.entries.map((entry) => ({
              ...entry,
              onAction: () => {
                onClose()
                entry.onAction()
              },
            })),
          }))}
        />
      </Popover>
    </>
  )
}
