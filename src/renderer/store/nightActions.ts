import type { Reason } from '../ui/Button.tsx'
import { act, notify } from './notify.ts'
import { useStore } from './store.ts'

/** Writes it as things stand now and opens it in the browser. */
export async function openNightReport(): Promise<void> {
  const answer = await act('The night report was not opened.', 'nights.openReport')
  if (answer.ok) notify({ text: `The night report is at ${answer.data.path}.`, tone: 'done' })
}

export function stopCountdown(): void {
  void act('The countdown was not stopped.', 'nights.stopCountdown')
}

export function whyNoCountdown(): readonly Reason[] {
  const { countdown } = useStore.getState().nights
  return countdown === null ? [{ text: 'Nothing is counted down.' }] : []
}

export function nightEnded(): void {
  notify({
    text: 'The night’s work is done.',
    tone: 'done',
    action: { label: 'Open the report', run: () => void openNightReport() },
  })
}
