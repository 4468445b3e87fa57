import { Pause, Play } from 'lucide-react'
import { Button as AriaButton } from 'react-aria-components'

import type { StatusCounts } from '../../shared/domain/batch.ts'
import { JOB_STATUSES } from '../../shared/domain/job.ts'
import { assertNever } from '../../shared/domain/result.ts'
import type { TonightView } from '../../shared/domain/views.ts'
import { systemZone } from '../../shared/schedule/localTime.ts'
import type { NightWindow } from '../../shared/schedule/nightWindow.ts'
import { momentWords } from '../../shared/schedule/windowWords.ts'
import { useKeys } from '../commands/platform.ts'
import { useBlocked } from '../hooks/useBlocked.ts'
import { useNow } from '../hooks/useNow.ts'
import { pauseOrResume } from '../store/queueActions.ts'
import { useStore } from '../store/store.ts'
import { questionsIn, type QueueShown } from '../store/queueSlice.ts'
import { Button } from '../ui/Button.tsx'
import { formatCount } from '../ui/format.ts'
import { formatMoney } from '../../shared/domain/moneyText.ts'
import { ProgressBar } from '../ui/ProgressBar.tsx'
import { StatusMark, type Tone } from '../ui/StatusMark.tsx'
import { ExportFact } from './ExportFact.tsx'
import { FramesFact } from './FramesFact.tsx'
import './shell.css'

/** Always there: what runs, what it costs, when it will be done. */
export function TonightStrip() {
  const tonight = useStore((store) => store.tonight)
  return (
    <header className="strip" aria-label="Tonight">
      <span className="strip-brand">Dailies</span>
      {tonight === null ? (
        <span className="text-3">Reading the queue…</span>
      ) : (
        <Figures tonight={tonight} />
      )}
      <ExportFact />
      <FramesFact />
      <span className="grow" />
      {tonight !== null && <NightFacts tonight={tonight} />}
      <PauseButton />
    </header>
  )
}

interface Figure {
  readonly shown: QueueShown
  readonly tone: Tone
  readonly count: number
  readonly word: string
}

/** @param questions jobs, and caps, lanes and models that wait for a person */
function figuresOf(counts: StatusCounts, questions: number): readonly Figure[] {
  const waiting = counts.queued + counts.waiting
  const figures: readonly Figure[] = [
    { shown: 'running', tone: 'run', count: counts.running, word: 'running' },
    { shown: 'waiting', tone: 'wait', count: waiting, word: 'waiting' },
    { shown: 'done', tone: 'done', count: counts.succeeded, word: 'done' },
    {
      shown: 'needsYou',
      tone: 'ask',
      count: questions,
      word: questions === 1 ? 'needs you' : 'need you',
    },
    { shown: 'failed', tone: 'fail', count: counts.failed, word: 'failed' },
  ]
  // Trouble is shown when there is some; the rest always has its place.
  return figures.filter(
    ({ shown, count }) => count > 0 || (shown !== 'needsYou' && shown !== 'failed'),
  )
}

const totalOf = (counts: StatusCounts): number =>
  JOB_STATUSES.reduce((sum, status) => sum + counts[status], 0)

function Figures({ tonight }: { readonly tonight: TonightView }) {
  const showQueue = useStore((store) => store.showQueue)
  const questions = useStore(questionsIn)
  const { counts } = tonight
  const total = totalOf(counts)
  const ended = counts.succeeded + counts.failed + counts.cancelled
  if (total === 0) return <span className="text-3">Nothing in the queue yet</span>
  return (
    <>
      {figuresOf(counts, questions).map((figure) => (
        <AriaButton
          key={figure.shown}
          className="strip-figure"
          data-tone={figure.tone}
          onPress={() => showQueue(figure.shown)}
        >
          <StatusMark tone={figure.tone} />
          <b>{formatCount(figure.count)}</b> <span className="strip-word">{figure.word}</span>
        </AriaButton>
      ))}
      <span className="strip-progress">
        <ProgressBar label="Jobs that ended" value={ended / total} width={150} />
      </span>
    </>
  )
}

type SetWindow = Exclude<NightWindow, { kind: 'always' }>

/** `window until 07:00`, `opens Fri 23:00`. */
function windowWords(window: SetWindow, now: number): string {
  const timeZone = systemZone()
  const moment = (at: number): string => momentWords({ at, now, timeZone })
  switch (window.kind) {
    case 'open':
      return window.until === null ? 'window always open' : `window until ${moment(window.until)}`
    case 'closing':
      return `nothing new, window until ${moment(window.closesAt)}`
    case 'closed':
      return window.opensAt === null ? 'no window is open' : `opens ${moment(window.opensAt)}`
    default:
      return assertNever(window)
  }
}

/** Leads to the night plan. */
function WindowFact({ window }: { readonly window: SetWindow }) {
  const now = useNow()
  const showOverlay = useStore((store) => store.showOverlay)
  return (
    <AriaButton
      className="strip-figure"
      aria-label={`${windowWords(window, now)}: night plan`}
      onPress={() => showOverlay('nights')}
    >
      {windowWords(window, now)}
    </AriaButton>
  )
}

function NightFacts({ tonight }: { readonly tonight: TonightView }) {
  const { window: night, expectedFinishAt } = tonight
  return (
    <>
      <MoneyFact tonight={tonight} />
      {night.kind !== 'always' && <WindowFact window={night} />}
      {expectedFinishAt !== null && <FinishFact at={expectedFinishAt} />}
    </>
  )
}

/** `done about 05:40`, `done about Fri 05:40`. */
function FinishFact({ at }: { readonly at: number }) {
  const now = useNow()
  return (
    <span className="strip-fact">
      done about <b>{momentWords({ at, now, timeZone: systemZone() })}</b>
    </span>
  )
}

/** `$2.10 of $25.00 tonight`; what is only set aside for jobs that run is told apart. */
function MoneyFact({ tonight }: { readonly tonight: TonightView }) {
  const { committed, spent, cap, capExtraMicros } = tonight
  if (committed === null || (committed.micros === 0 && cap === null)) return null
  const { currency } = committed
  const paid = spent?.micros ?? 0
  const aside = committed.micros - paid
  return (
    <span className="strip-fact strip-money">
      {(paid > 0 || aside === 0) && (
        <>
          {paid > 0 && spent?.estimated === true && 'about '}
          <b>{formatMoney({ micros: paid, currency })}</b>
          {(cap === null || aside > 0) && ' spent'}
          {aside > 0 && ', '}
        </>
      )}
      {aside > 0 && (
        <>
          <b>{formatMoney({ micros: aside, currency })}</b> set aside
        </>
      )}
      {cap?.currency === currency &&
        ` of ${formatMoney({ ...cap, micros: cap.micros + capExtraMicros })} tonight`}
    </span>
  )
}

function PauseButton() {
  const isPaused = useStore((store) => store.tonight?.paused ?? false)
  const hint = useKeys('queue.pauseOrResume')
  const why = useBlocked()
  return (
    <Button
      icon={isPaused ? <Play /> : <Pause />}
      why={why}
      onPress={() => void pauseOrResume()}
      label={`${isPaused ? 'Resume' : 'Pause'} everything${hint === undefined ? '' : ` (${hint})`}`}
    >
      {isPaused ? 'Resume' : 'Pause'}
    </Button>
  )
}
