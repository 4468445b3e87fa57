import type { Countdown, WhenDoneAction } from '../../shared/domain/whenDone.ts'
import { useNow } from '../hooks/useNow.ts'
import { stopCountdown } from '../store/nightActions.ts'
import { Button } from '../ui/Button.tsx'
import { formatDuration } from '../ui/format.ts'
import { StatusMark } from '../ui/StatusMark.tsx'

const WORDS: Readonly<Partial<Record<WhenDoneAction, string>>> = {
  sleep: 'The machine goes to sleep',
  shutDown: 'The machine is shut down',
  quit: 'Dailies quits',
  command: 'Your program is run',
}

/** What is about to be done to the machine, and the button that takes it back. */
export function CountdownBanner({ countdown }: { readonly countdown: Countdown }) {
  const now = useNow()
  return (
    <p className="banner" role="alert">
      <StatusMark tone="ask" />
      <span>
        <b>The night’s work is done.</b> {WORDS[countdown.action]} in{' '}
        <span aria-hidden="true">{formatDuration(countdown.endsAt - now)}</span>
        <span className="visually-hidden">a moment</span>.
      </span>
      <Button variant="solid" onPress={stopCountdown}>
        Stop that
      </Button>
    </p>
  )
}
