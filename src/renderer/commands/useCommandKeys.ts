import { useEffect } from 'react'

import type { Command, CommandId } from '../../shared/ipc/commands.ts'
import { useStore } from '../store/store.ts'
import { isPressed, needsNoField, type KeyPress } from './keys.ts'
import { isMac } from './platform.ts'
import { commandsFor, runCommand, useRegistry } from './registry.ts'

const FIELDS = 'input:not([type=range]), textarea, [contenteditable=true]'
/** These act by Space and Enter themselves. */
const PRESSABLE = 'button, a, [role=radio], [role=switch], [role=slider], [role=tab], [role=option]'
/** A message at the lower edge calls itself a dialog, but nothing lies under it. */
const OVERLAYS = '[role=dialog], [role=alertdialog]:not(.toast), [role=menu], [role=listbox]'

/** What edits does so in the field that is typed in. */
const isOfField = ({ menu, whileTyping = false }: Command): boolean =>
  menu === 'edit' && !whileTyping

interface PressedOn {
  /** A field keeps its own keys, and those that edit. */
  readonly isTyping: boolean
  readonly isPressable: boolean
}

/** What a press does on this screen. */
function commandPressed(press: KeyPress, { isTyping, isPressable }: PressedOn) {
  const { screen } = useStore.getState()
  return commandsFor(screen, useRegistry.getState().handlers).find((command) =>
    (command.keys ?? []).some(
      (keys) =>
        isPressed(press, keys, isMac()) &&
        !(isPressable && (keys === 'Space' || keys === 'Enter')) &&
        !(isTyping && (needsNoField(keys) || isOfField(command))),
    ),
  )
}

/** Does this press reach the app out of a field? */
export const leavesField = (press: KeyPress): boolean =>
  commandPressed(press, { isTyping: true, isPressable: false }) !== undefined

/** Keys of the table, wherever the focus is; not while typing, and not under a dialog. */
export function useCommandKeys(): void {
  useEffect(() => {
    const pressed = (event: KeyboardEvent): void => {
      if (event.defaultPrevented || event.isComposing) return
      const target = event.target instanceof Element ? event.target : null
      const isTyping = target?.matches(FIELDS) ?? false
      const isPressable = target?.closest(PRESSABLE) !== null && target !== null
      if (target?.closest(OVERLAYS) !== null && target !== null) return
      const chosen = commandPressed(event, { isTyping, isPressable })
      if (chosen === undefined) return
      event.preventDefault()
      runCommand(chosen.id as CommandId)
    }
    window.addEventListener('keydown', pressed)
    return () => window.removeEventListener('keydown', pressed)
  }, [])
}
