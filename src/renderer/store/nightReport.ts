import type { NightEnd } from '../../shared/domain/whenDone.ts'
import { act, notify, notifyUntil } from './notify.ts'

/** Writes it as things stand now and opens it in the browser. */
export async function openNightReport(): Promise<void> {
  const answer = await act('The night report was not opened.', 'nights.openReport')
  if (answer.ok) notify({ text: `The night report is at ${answer.data.path}.`, tone: 'done' })
}

let closeLast = (): void => undefined

/** The night is over: where to read about it. */
export function nightEnded({ words, isDone }: NightEnd): void {
  closeLast()
  closeLast = notifyUntil({
    text: `${words}.`,
    tone: isDone ? 'done' : 'ask',
    action: { label: 'Open the report', run: () => void openNightReport() },
  })
}
