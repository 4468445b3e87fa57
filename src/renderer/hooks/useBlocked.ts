import { useStore } from '../store/store.ts'
import type { Reason } from '../ui/Button.tsx'

const FREE: readonly Reason[] = Object.freeze([])
const HELD: readonly Reason[] = Object.freeze([
  {
    text: 'Another engine works on this data folder, so this window can only look. Close the other one, then choose “Try again” at the top.',
  },
])

/** Why nothing can be changed just now; empty when it can. */
export function useBlocked(): readonly Reason[] {
  const isReadOnly = useStore((store) => store.info?.engine.kind === 'readOnly')
  return isReadOnly ? HELD : FREE
}
