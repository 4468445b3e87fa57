import type { Warning } from '../domain/model.ts'

/** Names of canonical fields as people know them from the batch file. */
const FIELD_WORDS: Readonly<Record<string, string>> = {
  negativePrompt: 'negative prompt',
  durationSeconds: 'duration',
  aspectRatio: 'aspect ratio',
  fps: 'frame rate',
  firstFrame: 'first frame',
  lastFrame: 'last frame',
}
export const fieldWord = (field: string): string => FIELD_WORDS[field] ?? field

/** The route has no such field and nothing stands in for it. */
export function dropped(field: string, from: string, to: string): Warning {
  const word = fieldWord(field)
  const message = `This route takes no ${word}, so ${from} is not sent; it will be ${to}.`
  return { field, behaviour: 'dropped', from, to, message }
}

/** The nearest that the route allows is sent instead. */
export function converted(field: string, from: string, to: string): Warning {
  const word = fieldWord(field)
  const message = `This route does not offer ${word} ${from}; ${to}, the nearest, is sent instead.`
  return { field, behaviour: 'converted', from, to, message }
}
