import type { NeedsYou, NeedsYouAction } from '../../../../shared/domain/job.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { resolveJob } from '../../../store/queueActions.ts'
import { Button } from '../../../ui/Button.tsx'
import { useChosen } from '../chosen.ts'
import { useQuestions } from '../questions.ts'
import { AskCard } from './AskCard.tsx'
import { shownWords } from './shownWords.ts'

/** A job whose money or outcome is in doubt. */
export function JobCard({ needs }: { readonly needs: NeedsYou }) {
  const why = useBlocked()
  const ask = useQuestions((questions) => questions.ask)
  const choose = useChosen((chosen) => chosen.choose)
  const act = (action: NeedsYouAction): void => {
    if (action === 'retryDownload') {
      void resolveJob({ jobId: needs.jobId, how: { kind: 'retryDownload' } })
    } else ask({ kind: action, needs })
  }
  return (
    <AskCard
      title={`Row ${needs.row}`}
      evidence={needs.evidence}
      actions={
        <>
          {needs.actions.map((action, at) => (
            <Button
              key={action}
              variant={at === 0 ? 'plain' : 'quiet'}
              why={why}
              onPress={() => act(action)}
            >
              {ACTION_WORDS[action]}
            </Button>
          ))}
          <Button
            variant="quiet"
            onPress={() => choose({ jobs: new Set([needs.jobId]), followed: needs.jobId })}
          >
            Show the job
          </Button>
        </>
      }
    >
      {shownWords(needs.message)}
    </AskCard>
  )
}

const ACTION_WORDS: Readonly<Record<NeedsYouAction, string>> = {
  adopt: 'Enter its id…',
  sendAgain: 'Send again…',
  giveUp: 'Give up…',
  retryDownload: 'Download again',
}
