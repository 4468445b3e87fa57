import { useEffect, useState } from 'react'

import type { JobId } from '../../../shared/domain/ids.ts'
import type { JobDetail } from '../../../shared/domain/views.ts'
import { ask } from '../../ipc/client.ts'
import { retry } from '../../store/queueActions.ts'
import { plural } from '../../ui/format.ts'
import { shownWords } from './panel/shownWords.ts'
import { Question } from './Question.tsx'

/** Told one by one; the rest is alike. */
const TOLD = 3

/** Jobs whose last answer was lost: trying them again may pay twice, so the person says so. */
export function DoubtQuestion({ jobs }: { readonly jobs: readonly JobId[] }) {
  const details = useDetails(jobs)
  const one = jobs.length === 1
  return (
    <Question
      title={`Retry ${plural(jobs.length, 'job')} in spite of doubt?`}
      yes={`Send ${one ? 'it' : 'them'} again, it may be paid twice`}
      start="notNow"
      onYes={() => void retry({ jobs: [...jobs] }, { despiteDoubt: true })}
    >
      <p>
        The answer to {one ? 'its' : 'their'} last request was lost, and the provider is still asked
        about it. If that request did arrive, it is charged, and sending it again is charged too.
        Should its take turn up later, it is delivered as one more.
      </p>
      {details.map(({ job, doubt }) => (
        <section key={job.id} className="doubt" aria-label={`Row ${job.row}`}>
          <h3>
            Row {job.row} <span className="text-3">{job.prompt}</span>
          </h3>
          <ul>
            {(doubt ?? []).map((line) => (
              <li key={line} className="selectable">
                {shownWords(line)}
              </li>
            ))}
          </ul>
        </section>
      ))}
      {jobs.length > TOLD && (
        <p className="text-2">And {plural(jobs.length - TOLD, 'more', 'more')}.</p>
      )}
    </Question>
  )
}

function useDetails(jobs: readonly JobId[]): readonly JobDetail[] {
  const [details, setDetails] = useState<readonly JobDetail[]>([])
  useEffect(() => {
    let isGone = false
    void Promise.all(jobs.slice(0, TOLD).map((jobId) => ask('queue.job', { jobId }))).then(
      (answers) => {
        if (!isGone) setDetails(answers.flatMap((answer) => (answer.ok ? answer.data : [])))
      },
    )
    return () => {
      isGone = true
    }
  }, [jobs])
  return details
}
