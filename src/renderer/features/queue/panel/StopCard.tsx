import { useState } from 'react'

import type { BatchStop, CapReached } from '../../../../shared/domain/asks.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { act } from '../../../store/notify.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatMoney, plural } from '../../../ui/format.ts'
import { useQuestions } from '../questions.ts'
import { AskCard } from './AskCard.tsx'

/** Jobs of a batch that wait for a cap, a price or a key. */
export function StopCard({ stop }: { readonly stop: BatchStop }) {
  const addKey = useStore((store) => store.addKey)
  const waiting = `${plural(stop.jobs, 'job')} of “${stop.batchName}” ${stop.jobs === 1 ? 'waits' : 'wait'}`
  if (stop.why === 'noKey')
    return (
      <AskCard
        title={`${stop.providerName} needs a key`}
        actions={
          <>
            <Button onPress={() => addKey(stop.provider)}>Add a key…</Button>
            <StopHere stop={stop} />
          </>
        }
      >
        {waiting} for it. Nothing of them has been sent.
      </AskCard>
    )
  return (
    <AskCard
      title={stop.cap === null ? 'No price, and a cap' : CAP_TITLES[stop.cap.scope]}
      evidence={stop.cap === null ? [stop.words] : capFigures(stop.cap)}
      actions={
        <>
          <CapActions stop={stop} />
          <StopHere stop={stop} />
        </>
      }
    >
      {waiting}. Nothing of them has been sent.
    </AskCard>
  )
}

const CAP_TITLES: Readonly<Record<CapReached['scope'], string>> = {
  batch: 'The cap of the batch is reached',
  night: 'The cap of the night is reached',
  month: 'The cap of the month is reached',
  project: 'The cap of the project is reached',
}

function capFigures({ cap, heldMicros, nextMicros }: CapReached): readonly string[] {
  const words = (micros: number): string =>
    formatMoney({ micros, currency: cap.currency, estimated: false })
  return [
    `cap ${words(cap.micros)}, spent or set aside ${words(heldMicros)}`,
    `the next job needs up to ${words(nextMicros)}`,
  ]
}

function CapActions({ stop }: { readonly stop: BatchStop }) {
  const why = useBlocked()
  const batch = useStore((store) => store.batches[stop.batchId])
  const ask = useQuestions((questions) => questions.ask)
  const { cap, batchId } = stop
  if (cap?.scope === 'project') {
    const name = batch?.project ?? ''
    return (
      <Button why={why} onPress={() => ask({ kind: 'project', name })}>
        Change the project’s cap…
      </Button>
    )
  }
  if (cap !== null && cap.scope !== 'batch') return <PeriodActions cap={cap} scope={cap.scope} />
  const raise = batch !== undefined && (
    <Button
      variant={cap === null ? 'plain' : 'quiet'}
      why={why}
      onPress={() => ask({ kind: 'cap', batch })}
    >
      {cap === null ? 'Change the cap…' : 'Raise the cap…'}
    </Button>
  )
  if (cap === null) return raise
  const needed = { micros: cap.heldMicros + cap.nextMicros, currency: cap.cap.currency }
  const by = { micros: needed.micros - cap.cap.micros, currency: needed.currency, estimated: false }
  return (
    <>
      <Button
        why={why}
        onPress={() =>
          void act('The cap was not changed.', 'queue.setCap', { batchId, cap: needed })
        }
      >
        One more job, {formatMoney(by)} over
      </Button>
      {raise}
    </>
  )
}

/** A night's or a month's cap: passed this once, or raised for every one to come. */
function PeriodActions({
  cap,
  scope,
}: {
  readonly cap: CapReached
  readonly scope: 'night' | 'month'
}) {
  const why = useBlocked()
  const byMicros = cap.heldMicros + cap.nextMicros - cap.cap.micros
  const by = formatMoney({ micros: byMicros, currency: cap.cap.currency, estimated: false })
  // A second press, before the figures follow, would allow as much again.
  const figures = `${cap.heldMicros} ${cap.nextMicros} ${cap.cap.micros}`
  const [answered, setAnswered] = useState<string | null>(null)
  const isPending = answered === figures
  const answer = async (how: 'once' | 'raise'): Promise<void> => {
    setAnswered(figures)
    const call = { how, scope, byMicros }
    const done = await act('The cap was not changed.', 'queue.answerCap', call)
    if (!done.ok) setAnswered(null)
  }
  return (
    <>
      <Button why={why} isPending={isPending} onPress={() => void answer('once')}>
        This once, {by} over
      </Button>
      <Button variant="quiet" why={why} isPending={isPending} onPress={() => void answer('raise')}>
        Raise by {by} for every {scope}
      </Button>
    </>
  )
}

/** What waits is cancelled; it has cost nothing. */
function StopHere({ stop }: { readonly stop: BatchStop }) {
  const why = useBlocked()
  const batch = useStore((store) => store.batches[stop.batchId])
  const ask = useQuestions((questions) => questions.ask)
  if (batch === undefined) return null
  return (
    <Button variant="quiet" why={why} onPress={() => ask({ kind: 'cancelBatch', batch })}>
      Stop here…
    </Button>
  )
}
