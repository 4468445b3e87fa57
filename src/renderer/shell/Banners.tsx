import { useBlocked } from '../hooks/useBlocked.ts'
import { act } from '../store/notify.ts'
import { useStore } from '../store/store.ts'
import { Button } from '../ui/Button.tsx'
import { CountdownBanner } from './CountdownBanner.tsx'
import { StatusMark } from '../ui/StatusMark.tsx'
import './shell.css'

/** What stands in the way of everything: said once, above all screens, with what to do. */
export function Banners() {
  const engine = useStore((store) => store.info?.engine)
  const halted = useStore((store) => store.tonight?.halted ?? null)
  const notices = useStore((store) => store.info?.notices)
  const retryEngine = useStore((store) => store.retryEngine)
  const dismissNotice = useStore((store) => store.dismissNotice)
  const why = useBlocked()
  const countdown = useStore((store) => store.nights.countdown)
  return (
    <div>
      {countdown !== null && <CountdownBanner countdown={countdown} />}
      {engine?.kind === 'readOnly' && (
        <p className="banner" role="alert">
          <StatusMark tone="ask" />
          <span>
            <b>Only looking.</b> {engine.message}
          </span>
          <Button onPress={() => void retryEngine()}>Try again</Button>
        </p>
      )}
      {halted !== null && (
        <p className="banner" role="alert">
          <StatusMark tone="ask" />
          <span>
            <b>Nothing new is started.</b> {halted.message}
          </span>
          {halted.code === 'mergePending' && (
            <Button why={why} onPress={() => void act('It was not accepted.', 'queue.acceptMerge')}>
              I have seen it, go on
            </Button>
          )}
        </p>
      )}
      {notices?.map((notice) => (
        <p key={notice.id} className="banner">
          <StatusMark tone="wait" />
          <span>{notice.message}</span>
          <Button variant="quiet" onPress={() => void dismissNotice(notice.id)}>
            Dismiss
          </Button>
        </p>
      ))}
    </div>
  )
}
