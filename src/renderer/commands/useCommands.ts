import { useEffect, useRef } from 'react'

import type { CommandId } from '../../shared/ipc/commands.ts'
import { useRegistry, type Handlers } from './registry.ts'

/** Says what commands do while this component is there. */
export function useCommands(handlers: Handlers): void {
  const latest = useRef(handlers)
  useEffect(() => {
    latest.current = handlers
  })
  const ids = Object.keys(handlers).join(' ')
  useEffect(() => {
    const { add, remove } = useRegistry.getState()
    const stable: Handlers = Object.fromEntries(
      ids
        .split(' ')
        .filter((id) => id !== '')
        .map((id) => [
          id,
          {
            run: () => latest.current[id as CommandId]?.run(),
            why: () => latest.current[id as CommandId]?.why?.() ?? [],
          },
        ]),
    )
    add(stable)
    return () => remove(stable)
  }, [ids])
}
