import type { Cap } from '../../../../shared/domain/batch.ts'
import type { BatchStop, CapReached } from '../../../../shared/domain/asks.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { act } from '../../../store/notify.ts'
import { setBreakPoint } from '../../../store/queueActions.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatMinute, plural } from '../../../ui/format.ts'
import { formatMoney } from '../../../../shared/domain/moneyText.ts'
import { useQuestions } from '../questions.ts'
import { AskCard } from './AskCard.tsx'

/** Jobs of a batch that wait for a cap, a price, a key or behind a break point. */
export function StopCard({ stop }: { readonly stop: BatchStop }) {
  const addKey = useStore((store) => store.addKey)
  const jobs = stop.batches.reduce((sum, batch) => sum + batch.jobs, 0)
  const waiting = `${plural(jobs, 'job')} of ${namesOf(stop.batches)} ${jobs === 1 ? 'waits' : 'wait'}`
  const unsent = `Nothing of ${jobs === 1 ? 'it' : 'them'} has been sent.`
  if (stop.why === 'noKey')
    return (
      <AskCard
        title={`${stop.providerName} needs a key`}
        actions={
          <>
            <Button onPress={() => addKey(stop.provider)}>Add a key…</Button>
            {jobs > 0 && <StopHere stop={stop} />}
          </>
        }
      >
        {jobs > 0 && `${waiting} for it. ${unsent} `}
        {renderingWords(stop)}
      </AskCard>
    )
  if (stop.why === 'breakPoint')
    return (
      <AskCard
        title={`${namesOf(stop.batches)} stopped where you said`}
        actions={
          <>
            <GoOn stop={stop} />
            <StopHere stop={stop} />
          </>
        }
      >
        {plural(jobs, 'job')} {jobs === 1 ? 'waits' : 'wait'} behind the break point. {unsent}
      </AskCard>
    )
  return (
    <AskCard
      title={stop.cap === null ? 'No price, and a cap' : CAP_TITLES[stop.cap.scope]}
      evidence={[
        ...(stop.cap === null ? [stop.words] : capFigures(stop.cap)),
        ...(stop.batches.length === 1 ? [] : stop.batches.map(batchLine)),
        ...(stop.until === null ? [] : [`goes on by itself from ${formatMinute(stop.until)} on`]),
      ]}
      actions={
        <>
          <CapActions stop={stop} />
          <StopHere stop={stop} />
        </>
      }
    >
      {waiting}. {unsent}
    </AskCard>
  )
}

/** What is at the provider already; empty where nothing is. */
function renderingWords({ batches }: BatchStop): string {
  const count = batches.reduce((sum, { rendering = 0 }) => sum + rendering, 0)
  return count === 0
    ? ''
    : `${plural(count, 'job')} at the provider already cannot be looked at or fetched without it.`
}

/** Two by name; of more their number, since each has a line of its own below. */
const namesOf = (batches: BatchStop['batches']): string =>
  batches.length > 2
    ? plural(batches.length, 'batch', 'batches')
    : [...new Set(batches.map(({ name }) => `“${name}”`))].join(' and ')

const batchLine = ({ name, jobs }: BatchStop['batches'][number]): string =>
  `${name}: ${plural(jobs, 'job')}`

const CAP_TITLES: Readonly<Record<CapReached['scope'], string>> = {
  batch: 'The cap of the batch is reached',
  night: 'The cap of the night is reached',
  month: 'The cap of the month is reached',
  project: 'The cap of the project is reached',
}

function capFigures({ cap, heldMicros, nextMicros }: CapReached): readonly string[] {
  const words = (micros: number): string => formatMoney({ micros, currency: cap.currency })
  return [
    `cap ${words(cap.micros)}, spent or set aside ${words(heldMicros)}`,
    nextMicros === null
      ? 'the next job has no price: you allowed that, and nobody knows what it will cost'
      : `the next job needs up to ${words(nextMicros)}`,
  ]
}

function CapActions({ stop }: { readonly stop: BatchStop }) {
  const why = useBlocked()
  const batchId = stop.batches[0]?.id
  const batch = useStore((store) => (batchId === undefined ? undefined : store.batches[batchId]))
  const ask = useQuestions((questions) => questions.ask)
  const { cap, scope } = stop
  if (scope === 'night' || scope === 'month') return <PeriodActions cap={cap} scope={scope} />
  const failed = 'The cap was not changed.'
  if (scope === 'project') {
    const name = stop.batches[0]?.project ?? ''
    const raise = (to: Cap): Promise<unknown> =>
      act(failed, 'queue.setProjectCap', { name, cap: to })
    return (
      <>
        <OneMore cap={cap} onPress={raise} />
        <Button
          variant={cap === null ? 'plain' : 'quiet'}
          why={why}
          onPress={() => ask({ kind: 'project', name })}
        >
          Change the project’s cap…
        </Button>
      </>
    )
  }
  if (batch === undefined) return null
  const raise = (to: Cap): Promise<unknown> =>
    act(failed, 'queue.setCap', { batchId: batch.id, cap: to })
  return (
    <>
      <OneMore cap={cap} onPress={raise} />
      <Button
        variant={cap === null ? 'plain' : 'quiet'}
        why={why}
        onPress={() => ask({ kind: 'cap', batch })}
      >
        {cap === null ? 'Change the cap…' : 'Raise the cap…'}
      </Button>
    </>
  )
}

/** The cap is raised by what the next job needs. */
function OneMore({
  cap,
  onPress,
}: {
  readonly cap: CapReached | null
  readonly onPress: (to: Cap) => Promise<unknown>
}) {
  const why = useBlocked()
  const needed = cap === null ? null : neededBy(cap)
  if (cap === null || needed === null) return null
  return (
    <Button why={why} onPress={() => void onPress(needed)}>
      One more job, {overText(cap, needed)} over
    </Button>
  )
}

/** A night's or a month's cap: passed this once, or raised for every one to come. */
function PeriodActions({
  cap,
  scope,
}: {
  readonly cap: CapReached | null
  readonly scope: 'night' | 'month'
}) {
  const why = useBlocked()
  const showOverlay = useStore((store) => store.showOverlay)
  const upTo = cap === null ? null : neededBy(cap)
  if (cap === null || upTo === null) {
    return <Button onPress={() => showOverlay('nights')}>Change the budget of the {scope}…</Button>
  }
  const by = overText(cap, upTo)
  const answer = (how: 'once' | 'raise') =>
    act('The cap was not changed.', 'queue.answerCap', { how, scope, upTo })
  return (
    <>
      <Button why={why} onPress={() => void answer('once')}>
        This once, {by} over
      </Button>
      <Button variant="quiet" why={why} onPress={() => void answer('raise')}>
        Raise by {by} for every {scope}
      </Button>
    </>
  )
}

/** The least cap that lets the next job start; null where nobody knows what that costs. */
const neededBy = ({ cap, heldMicros, nextMicros }: CapReached): Cap | null =>
  nextMicros === null ? null : { micros: heldMicros + nextMicros, currency: cap.currency }

const overText = ({ cap }: CapReached, { micros, currency }: Cap): string =>
  formatMoney({ micros: micros - cap.micros, currency })

/** Past the break point, to the next one. */
function GoOn({ stop }: { readonly stop: BatchStop }) {
  const why = useBlocked()
  const id = stop.batches[0]?.id
  const jobId = useStore((store) => (id === undefined ? null : store.batches[id]?.stopsAt?.jobId))
  if (jobId === undefined || jobId === null) return null
  return (
    <Button why={why} onPress={() => void setBreakPoint([jobId], false)}>
      Go on
    </Button>
  )
}

/** What waits is cancelled; it has cost nothing. */
function StopHere({ stop }: { readonly stop: BatchStop }) {
  const why = useBlocked()
  const all = useStore((store) => store.batches)
  const ask = useQuestions((questions) => questions.ask)
  const batches = stop.batches.flatMap(({ id }) => all[id] ?? [])
  if (batches.length === 0) return null
  return (
    <Button variant="quiet" why={why} onPress={() => ask({ kind: 'cancelBatches', batches })}>
      Stop here…
    </Button>
  )
}
