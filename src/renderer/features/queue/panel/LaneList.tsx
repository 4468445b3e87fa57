import { Pause, Play, SlidersHorizontal } from 'lucide-react'

import type { ErrorKind, JobError } from '../../../../shared/domain/errors.ts'
import type { LaneView } from '../../../../shared/domain/views.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { useNow } from '../../../hooks/useNow.ts'
import { pause, resume } from '../../../store/queueActions.ts'
import { useStore } from '../../../store/store.ts'
import { formatCount, formatDuration, plural } from '../../../ui/format.ts'
import { IconButton } from '../../../ui/IconButton.tsx'
import { SideSection } from '../../../ui/SidePanel.tsx'
import './lanes.css'

/** One bar per provider: its slots, its pace, what holds it. */
export function LaneList() {
  const all = useStore((store) => store.lanes)
  const providers = useStore((store) => store.providers)
  const keyless = new Set(providers.flatMap(({ id, key }) => (key.state === 'missing' ? [id] : [])))
  const lanes = all.filter((lane) => !keyless.has(lane.provider) || isAlive(lane))
  if (lanes.length === 0) return null
  return (
    <SideSection title="Lanes">
      {lanes.map((lane) => (
        <Lane key={`${lane.provider}/${lane.credential}`} lane={lane} />
      ))}
    </SideSection>
  )
}

/** Something is or was on it: shown even without a key. */
const isAlive = (lane: LaneView): boolean =>
  lane.used + lane.queued + lane.errorsLastHour > 0 || lane.paused || lane.needsPerson

/** More slots than this become a plain bar. */
const DRAWN_SLOTS = 24

function Lane({ lane }: { readonly lane: LaneView }) {
  const now = useNow()
  const isReadOnly = useBlocked().length > 0
  const isHeld = lane.needsPerson || (lane.heldUntil !== null && lane.heldUntil > now)
  const showProvider = useStore((store) => store.showProvider)
  const facts = laneFacts(lane)
  const target = { lane: { provider: lane.provider } }
  const slots = Math.min(lane.slots, DRAWN_SLOTS)
  const used = Math.round((lane.used / Math.max(1, lane.slots)) * slots)
  return (
    <div className="lane">
      <div className="lane-line">
        <b>{lane.providerName}</b>
        <span className={lane.needsPerson ? 'text-ask' : 'text-2'} title={lane.heldReason?.message}>
          {laneWords(lane, now)}
        </span>
        {!isReadOnly && (
          <span className="lane-action">
            <IconButton
              icon={<SlidersHorizontal />}
              label={`Limits and keys of ${lane.providerName}`}
              onPress={() => showProvider(lane.provider)}
            />
            <IconButton
              icon={lane.paused ? <Play /> : <Pause />}
              label={lane.paused ? `Resume ${lane.providerName}` : `Pause ${lane.providerName}`}
              onPress={() => void (lane.paused ? resume(target) : pause(target))}
            />
          </span>
        )}
      </div>
      <div className="lane-slots" aria-hidden="true">
        {Array.from({ length: slots }, (_, at) => (
          <i key={at} data-on={at < used ? '' : undefined} data-held={isHeld ? '' : undefined} />
        ))}
      </div>
      {facts.length > 0 && <p className="text-3">{facts.join(' · ')}</p>}
    </div>
  )
}

/** A bar has room for the cause; what the provider said is in the card and the tooltip. */
const heldWords = ({ kind, message }: JobError): string =>
  HELD_WORDS[kind] ?? (message.split(/(?<=[.!?]) /)[0] ?? message).replace(/\.$/, '')

const HELD_WORDS: Partial<Readonly<Record<ErrorKind, string>>> = {
  rateLimit: 'too many requests',
  auth: 'the key is refused',
  unavailable: 'cannot be reached',
  timeout: 'no answer in time',
}

function laneWords(lane: LaneView, now: number): string {
  const { heldReason, heldUntil } = lane
  if (lane.paused) return 'paused by you'
  if (lane.needsPerson) return heldReason === null ? 'needs you' : heldWords(heldReason)
  if (heldUntil !== null && heldUntil > now) {
    const why = heldReason === null ? '' : `: ${heldWords(heldReason)}`
    return `held ${formatDuration(heldUntil - now)}${why}`
  }
  if (lane.used === 0 && lane.queued === 0) return 'idle'
  const pace = lane.finishedLastHour > 0 ? ` · ${lane.finishedLastHour} an hour` : ''
  return `${lane.used} of ${lane.slots}${pace}`
}

/** What waits for it, how much of its rate is used, what went wrong. */
function laneFacts(lane: LaneView): readonly string[] {
  const { queued, createsPerMinute, createsLastMinute, errorsLastHour } = lane
  return [
    ...(queued > 0 ? [`${formatCount(queued)} ${queued === 1 ? 'waits' : 'wait'}`] : []),
    ...(createsPerMinute === null
      ? []
      : [`${createsLastMinute} of ${formatCount(createsPerMinute)} sent this minute`]),
    ...(errorsLastHour > 0 ? [`${plural(errorsLastHour, 'error')} in the last hour`] : []),
  ]
}
