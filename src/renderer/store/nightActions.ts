import type { Reason } from '../ui/Button.tsx'
import { act } from './notify.ts'
import { useStore } from './store.ts'

export function stopCountdown(): void {
  void act('The countdown was not stopped.', 'nights.stopCountdown')
}

export function whyNoCountdown(): readonly Reason[] {
  const { countdown } = useStore.getState().nights
  return countdown === null ? [{ text: 'Nothing is counted down.' }] : []
}
