import './statusMark.css'

export type Tone = 'run' | 'wait' | 'done' | 'ask' | 'fail' | 'off'

const NAMES: Record<Tone, string> = {
  run: 'Running',
  wait: 'Waiting',
  done: 'Done',
  ask: 'Needs you',
  fail: 'Failed',
  off: 'Cancelled',
}

/** Colour and shape; the word beside it says the rest. Alone, it has a name of its own. */
export function StatusMark({
  tone,
  isAlone = false,
}: {
  readonly tone: Tone
  readonly isAlone?: boolean
}) {
  return (
    <span
      className="status-mark"
      data-tone={tone}
      {...(isAlone ? { role: 'img', 'aria-label': NAMES[tone] } : { 'aria-hidden': true })}
    />
  )
}
