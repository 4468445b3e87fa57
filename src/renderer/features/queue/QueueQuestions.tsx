import { useState } from 'react'

import type { BatchView } from '../../../shared/domain/batch.ts'
import type { JobId } from '../../../shared/domain/ids.ts'
import type { NeedsYou } from '../../../shared/domain/job.ts'
import { act } from '../../store/notify.ts'
import { cancel, cancelBatches, cancelJobs, resolveJob } from '../../store/queueActions.ts'
import { plural } from '../../ui/format.ts'
import { TextField } from '../../ui/TextField.tsx'
import { DoubtQuestion } from './DoubtQuestion.tsx'
import { EditJob } from './EditJob.tsx'
import { ProjectQuestion } from './ProjectQuestion.tsx'
import { moveAway } from './moving.ts'
import { Question } from './Question.tsx'
import { useQuestions, type QueueQuestion } from './questions.ts'
import { workLeft } from './queueLayout.ts'
import { parseAmount } from '../../store/parseAmount.ts'

export function QueueQuestions() {
  const question = useQuestions((questions) => questions.question)
  return question === null ? null : <Asked question={question} />
}

function Asked({ question }: { readonly question: QueueQuestion }) {
  switch (question.kind) {
    case 'cancelBatches':
      return <CancelBatches batches={question.batches} />
    case 'cancelJobs':
      return (
        <Question
          title={`Cancel ${plural(question.jobs.length, 'job')}?`}
          yes={`Cancel ${plural(question.jobs.length, 'job')}`}
          start="yes"
          onYes={() => void cancelJobs(question.jobs)}
        >
          What has not been sent costs nothing. What renders already is asked to stop and may still
          be billed; if a take arrives all the same, it is kept.
        </Question>
      )
    case 'cancelUnsent':
      return (
        <Question
          title="Cancel all but what runs?"
          yes="Cancel the rest"
          start="yes"
          onYes={() => void cancel({ all: true }, true)}
        >
          What runs or is in doubt goes on. Nothing of the rest has been sent, so it costs nothing;
          it can be taken back.
        </Question>
      )
    case 'retryDoubt':
      return <DoubtQuestion jobs={question.jobs} />
    case 'place':
      return <PlaceQuestion jobs={question.jobs} />
    case 'edit':
      return <EditJob jobId={question.jobId} />
    case 'project':
      return <ProjectQuestion name={question.name} />
    case 'cap':
      return <CapQuestion batch={question.batch} />
    case 'sendAgain':
      return (
        <Question
          title={`Send row ${question.needs.row} again?`}
          yes="Send it again"
          start={question.needs.isUnpaid === true ? 'yes' : 'notNow'}
          onYes={() => void resolve(question.needs, { kind: 'sendAgain' })}
        >
          {againWords(question.needs)}
        </Question>
      )
    case 'giveUp':
      return (
        <Question
          title={`Give up row ${question.needs.row}?`}
          yes="Give it up"
          start="notNow"
          onYes={() => void resolve(question.needs, { kind: 'giveUp' })}
        >
          {question.needs.isUnpaid === true
            ? 'It counts as failed. Nothing of it is charged, so it costs nothing.'
            : 'It counts as failed, and what was set aside for it stays counted, because it may have been charged. It is still watched: a take that turns up is delivered.'}
        </Question>
      )
    case 'adopt':
      return <AdoptQuestion needs={question.needs} />
  }
}

/** What sending once more may cost, as far as is known. */
function againWords({ isUnpaid, actions }: NeedsYou): string {
  if (isUnpaid === true) return 'Nothing of it is charged so far, so it is paid once.'
  // Its render is known to the provider: it waits there to be fetched, or goes on.
  if (actions.includes('retryDownload'))
    return 'The first request was taken, and is charged unless its render fails. This one is charged as well.'
  return 'If the first request did arrive, it is charged twice. Should its take turn up later, it is delivered as one more.'
}

type How = Parameters<typeof resolveJob>[0]['how']
const resolve = ({ jobId }: NeedsYou, how: How): Promise<void> => resolveJob({ jobId, how })

function CancelBatches({ batches }: { readonly batches: readonly BatchView[] }) {
  const sum = (count: (batch: BatchView) => number): number =>
    batches.reduce((all, batch) => all + count(batch), 0)
  const sent = sum(({ counts }) => counts.running + counts.needsYou)
  const left = plural(
    sum(({ counts }) => workLeft(counts)),
    'job',
  )
  const [only] = batches.length === 1 ? batches : []
  return (
    <Question
      title={`Cancel what is left of ${only === undefined ? `${batches.length} batches` : `“${only.name}”`}?`}
      yes={`Cancel ${left}`}
      start="yes"
      onYes={() => void cancelBatches(batches.map(({ id }) => id))}
    >
      {sent === 0
        ? 'None of it has been sent: nothing is charged.'
        : `${plural(sent, 'job is', 'jobs are')} at a provider already and may still be billed. Takes that arrive are kept.`}
    </Question>
  )
}

function CapQuestion({ batch }: { readonly batch: BatchView }) {
  const currency = batch.cap?.currency ?? batch.estimate?.currency ?? 'USD'
  const [text, setText] = useState(batch.cap === null ? '' : String(batch.cap.micros / 1_000_000))
  const micros = text.trim() === '' ? null : parseAmount(text)
  const why =
    micros === undefined ? [{ text: `“${text}” is not an amount. Write one such as 25.` }] : []
  return (
    <Question
      title={`Cap of “${batch.name}”`}
      yes={micros === null ? 'Run without a cap' : 'Set the cap'}
      why={why}
      onYes={() => {
        const cap = micros === null || micros === undefined ? null : { micros, currency }
        void act('The cap was not changed.', 'queue.setCap', { batchId: batch.id, cap })
      }}
    >
      <TextField
        label={`Most that this batch may spend, in ${currency}`}
        description="What is spent and what is set aside for running jobs counts. Empty: no cap."
        error={why[0]?.text}
        value={text}
        onChange={setText}
        autoFocus
      />
    </Question>
  )
}

function AdoptQuestion({ needs }: { readonly needs: NeedsYou }) {
  const [id, setId] = useState('')
  const why =
    id.trim() === '' ? [{ text: 'Paste the id that the provider shows for this render.' }] : []
  return (
    <Question
      title={`The render of row ${needs.row}`}
      yes="Take this one"
      why={why}
      onYes={() => void resolve(needs, { kind: 'adopt', operationId: id.trim() })}
    >
      <TextField
        label="Its id at the provider"
        description="From the provider’s own list of requests. It is then watched and downloaded; nothing is sent."
        value={id}
        onChange={setId}
        autoFocus
      />
    </Question>
  )
}

function PlaceQuestion({ jobs }: { readonly jobs: readonly JobId[] }) {
  const [text, setText] = useState('1')
  const place = /^\d{1,6}$/.test(text.trim()) ? Number(text) : 0
  const why = place < 1 ? [{ text: 'Write a whole number from 1.' }] : []
  return (
    <Question
      title={`Move ${plural(jobs.length, 'job')} to a position`}
      yes="Move"
      why={why}
      onYes={() => void moveAway(jobs, { place })}
    >
      <TextField
        label="Position among the jobs of its batch that wait"
        description="1 is next. Beyond the end is the end."
        error={why[0]?.text}
        value={text}
        onChange={setText}
        autoFocus
      />
    </Question>
  )
}
