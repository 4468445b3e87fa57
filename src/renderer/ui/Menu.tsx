import type { ComponentType, ReactElement } from 'react'
import {
  Header,
  Menu as AriaMenu,
  MenuItem,
  MenuSection,
  MenuTrigger,
  Popover,
} from 'react-aria-components'

import { KeyHint } from './KeyHint.tsx'
import './list.css'
import './overlay.css'

export interface MenuEntry {
  readonly id: string
  readonly label: string
  readonly Icon?: ComponentType<{ readonly 'aria-hidden': boolean }> | undefined
  readonly hint?: string | undefined
  /** Set: the entry cannot be chosen, and says so. */
  readonly why?: string | undefined
  readonly isDangerous?: boolean | undefined
  readonly onAction: () => void
}

export interface MenuGroup {
  readonly id: string
  readonly title?: string | undefined
  readonly entries: readonly MenuEntry[]
}

interface MenuProps {
  readonly label: string
  /** The button that opens it. */
  readonly children: ReactElement
  readonly groups: readonly MenuGroup[]
  /** Where something else than its button opens it, too. */
  readonly isOpen?: boolean | undefined
  readonly onOpenChange?: ((isOpen: boolean) => void) | undefined
}

export function Menu({ label, children, groups, isOpen, onOpenChange }: MenuProps) {
  return (
    <MenuTrigger
      {...(isOpen === undefined ? {} : { isOpen })}
      {...(onOpenChange === undefined ? {} : { onOpenChange })}
    >
      {children}
      <Popover className="popover" placement="bottom end">
        <MenuList label={label} groups={groups} />
      </Popover>
    </MenuTrigger>
  )
}

/** The list alone, for menus that open at the pointer. */
export function MenuList({
  label,
  groups,
}: {
  readonly label: string
  readonly groups: readonly MenuGroup[]
}) {
  return (
    <AriaMenu className="list menu" aria-label={label}>
      {groups.map((group) => (
        <MenuSection key={group.id} className="list-section" aria-label={group.title ?? label}>
          {group.title !== undefined && <Header className="list-header">{group.title}</Header>}
          {group.entries.map((entry, at) => (
            <Entry
              key={entry.id}
              entry={entry}
              isSaidAbove={entry.why === group.entries[at - 1]?.why}
            />
          ))}
        </MenuSection>
      ))}
    </AriaMenu>
  )
}

interface EntryProps {
  readonly entry: MenuEntry
  /** The one before cannot be chosen for the same reason: the eye need not read it again. */
  readonly isSaidAbove: boolean
}

function Entry({ entry, isSaidAbove }: EntryProps) {
  return (
    <MenuItem
      className="list-item"
      id={entry.id}
      textValue={entry.label}
      isDisabled={entry.why !== undefined}
      onAction={entry.onAction}
      data-danger={entry.isDangerous === true ? '' : undefined}
    >
      <span className="list-icon">{entry.Icon !== undefined && <entry.Icon aria-hidden />}</span>
      <span className="list-text">
        {entry.label}
        {entry.why !== undefined && (
          <span className={isSaidAbove ? 'visually-hidden' : 'list-note'}>{entry.why}</span>
        )}
      </span>
      {entry.hint !== undefined && <KeyHint keys={entry.hint} />}
    </MenuItem>
  )
}
