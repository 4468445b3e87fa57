import { useEffect, useState } from 'react'

import type { JobId } from '../../../../shared/domain/ids.ts'
import { isTerminal, type JobView } from '../../../../shared/domain/job.ts'
import type { Money } from '../../../../shared/domain/money.ts'
import type { JobDetail } from '../../../../shared/domain/views.ts'
import { useKeys } from '../../../commands/platform.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { useNow } from '../../../hooks/useNow.ts'
import { ask, listen } from '../../../ipc/client.ts'
import { cancelJobs, pause, resume } from '../../../store/queueActions.ts'
import { useStore } from '../../../store/store.ts'
import { wireFields } from '../../../store/wireFields.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatClock } from '../../../ui/format.ts'
import { moneyText } from '../../../../shared/domain/moneyText.ts'
import { Facts, SideSection, type Fact } from '../../../ui/SidePanel.tsx'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { useQuestions } from '../questions.ts'
import { retryAsking } from '../retryAsking.ts'
import { amountOf, stateWords, toneOf } from '../stateWords.ts'
import './jobDetails.css'
import { shownWords } from './shownWords.ts'

export function JobDetails({ jobId }: { readonly jobId: JobId }) {
  const detail = useJobDetail(jobId)
  const now = useNow()
  if (detail === null) return null
  const { job, attempts, warnings, cancelNote, moves, doubt } = detail
  return (
    <>
      <SideSection title={`Row ${job.row}, take ${job.take}`}>
        <div className="job-head">
          <p className="job-state">
            <StatusMark tone={toneOf(job.status)} />{' '}
            <span>{shownWords(wholeWords(job) ?? stateWords(job, now))}</span>
          </p>
          <p className="selectable">{job.prompt}</p>
          {cancelNote !== null && <p className="text-2">{cancelNote}</p>}
          <JobActions job={job} isDoubted={doubt !== null} />
        </div>
      </SideSection>
      {doubt !== null && (
        <SideSection title="It may have been paid already">
          {doubt.map((line) => (
            <p key={line} className="panel-hint text-2 selectable doubt-line">
              {shownWords(line)}
            </p>
          ))}
        </SideSection>
      )}
      <Facts facts={factsOf(job)} />
      {moves.length > 0 && (
        <SideSection title="Another way">
          <ul className="attempts">
            {moves.map((move) => (
              <li key={move.at}>
                <span className="text-3">{formatClock(move.at)}</span>
                <span className="selectable">{move.words}</span>
              </li>
            ))}
          </ul>
        </SideSection>
      )}
      <SideSection title={job.startedAt === null ? 'What will be sent' : 'As sent'}>
        <Facts facts={sentFacts(detail)} />
        {warnings.map((warning) => (
          <p key={warning.field} className="panel-hint text-2">
            {warning.message}
          </p>
        ))}
      </SideSection>
      {attempts.length > 0 && (
        <SideSection title="Tries that failed">
          <ul className="attempts">
            {attempts.map((attempt) => (
              <li key={`${attempt.step}/${attempt.attempt}/${attempt.at}`}>
                <span className="text-3">{formatClock(attempt.at)}</span>
                <span className="selectable">{shownWords(attempt.error.message)}</span>
              </li>
            ))}
          </ul>
        </SideSection>
      )}
    </>
  )
}

interface JobActionsProps {
  readonly job: JobView
  /** Its last request may have been charged. */
  readonly isDoubted: boolean
}

function JobActions({ job, isDoubted }: JobActionsProps) {
  const why = useBlocked()
  const askFirst = useQuestions((questions) => questions.ask)
  const cancelKey = useKeys('queue.cancel')
  const retryKey = useKeys('queue.retry')
  const target = { jobs: [job.id] }
  if (job.status === 'failed' || job.status === 'cancelled') {
    return (
      <div className="job-actions">
        <Button why={why} hint={retryKey} onPress={() => void retryAsking(target)}>
          {isDoubted ? 'Retry in spite of doubt…' : 'Retry'}
        </Button>
      </div>
    )
  }
  if (isTerminal(job.status)) return null
  const isUnsent = job.status === 'queued' || job.status === 'waiting'
  const cancel = (): void => {
    if (isUnsent) void cancelJobs([job.id])
    else askFirst({ kind: 'cancelJobs', jobs: [job.id] })
  }
  return (
    <div className="job-actions">
      <Button why={why} onPress={() => void (job.paused ? resume(target) : pause(target))}>
        {job.paused ? 'Resume' : 'Pause'}
      </Button>
      <Button why={why} hint={cancelKey} onPress={cancel}>
        Cancel
      </Button>
    </div>
  )
}

function factsOf(job: JobView): readonly Fact[] {
  const providers = useStore.getState().providers
  const provider = providers.find(({ id }) => id === job.provider)
  const cost = provider?.paid === false ? 'free' : costWords(amountOf(job))
  return [
    { key: 'model', value: job.modelName },
    { key: 'provider', value: provider?.name ?? job.provider },
    { key: 'cost', value: cost },
    ...(job.operationId === null ? [] : [{ key: 'its id there', value: job.operationId }]),
    ...(job.error === null ? [] : [{ key: 'error', value: job.error.code }]),
    ...(job.error?.requestId === undefined
      ? []
      : [{ key: 'request id', value: job.error.requestId }]),
  ]
}

const costWords = (money: Money | null): string =>
  money === null ? 'no known price' : moneyText(money)

const sentFacts = ({ request }: JobDetail): readonly Fact[] => [
  { key: 'endpoint', value: request.endpoint },
  ...wireFields(request),
]

function useJobDetail(jobId: JobId): JobDetail | null {
  const [detail, setDetail] = useState<JobDetail | null>(null)
  useEffect(() => {
    let isGone = false
    const read = (): void =>
      void ask('queue.job', { jobId }).then((answer) => {
        if (answer.ok && !isGone) setDetail(answer.data)
      })
    read()
    const ends = [
      listen('jobs.changed', ({ data }) => {
        if (data.more || data.rows.some(({ id }) => id === jobId)) read()
      }),
      // What it waits for changes without a change of its own.
      listen('asks.changed', read),
      listen('tonight.changed', read),
      listen('lanes.changed', read),
    ]
    return () => {
      isGone = true
      for (const end of ends) end()
    }
  }, [jobId])
  return detail?.job.id === jobId ? detail : null
}

/** What a row has no room for: also what to do about it. */
const wholeWords = ({ error, status, reason }: JobView): string | null =>
  error?.message ?? (status === 'needsYou' ? reason : null)
