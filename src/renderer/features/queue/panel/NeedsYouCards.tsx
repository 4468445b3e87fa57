import type { NeedsYou, NeedsYouAction } from '../../../../shared/domain/job.ts'
import { useBlocked } from '../../../hooks/useBlocked.ts'
import { resolveJob } from '../../../store/queueActions.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { plural } from '../../../ui/format.ts'
import { SideSection } from '../../../ui/SidePanel.tsx'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { useQuestions } from '../questions.ts'

/** In view at once; the next ones follow as these are settled. */
const SHOWN = 12

/** Where money or outcome is in doubt: what is known, and what can be done. */
export function NeedsYouCards() {
  const { rows, count } = useStore((store) => store.needs)
  const showQueue = useStore((store) => store.showQueue)
  if (count === 0) return null
  return (
    <SideSection title="Needs you">
      {rows.slice(0, SHOWN).map((needs) => (
        <NeedsCard key={needs.jobId} needs={needs} />
      ))}
      {count > SHOWN && (
        <p className="panel-hint">
          <Button variant="link" onPress={() => showQueue('needsYou')}>
            And {plural(count - SHOWN, 'more', 'more')}
          </Button>
        </p>
      )}
    </SideSection>
  )
}

function NeedsCard({ needs }: { readonly needs: NeedsYou }) {
  const why = useBlocked()
  const ask = useQuestions((questions) => questions.ask)
  const [first, ...others] = needs.actions
  const act = (action: NeedsYouAction): void => {
    if (action === 'retryDownload') {
      void resolveJob({ jobId: needs.jobId, how: { kind: 'retryDownload' } })
    } else ask({ kind: action, needs })
  }
  return (
    <article className="needs-card">
      <h3>
        <StatusMark tone="ask" /> Row {needs.row}
      </h3>
      <p>{needs.message}</p>
      {needs.evidence.length > 0 && (
        <ul>
          {needs.evidence.map((line) => (
            <li key={line}>{line}</li>
          ))}
        </ul>
      )}
      <div className="needs-actions">
        {first !== undefined && (
          <Button why={why} onPress={() => act(first)}>
            {ACTION_WORDS[first]}
          </Button>
        )}
        {others.map((action) => (
          <Button key={action} variant="quiet" why={why} onPress={() => act(action)}>
            {ACTION_WORDS[action]}
          </Button>
        ))}
      </div>
    </article>
  )
}

const ACTION_WORDS: Readonly<Record<NeedsYouAction, string>> = {
  adopt: 'Enter its id…',
  sendAgain: 'Send again…',
  giveUp: 'Give up…',
  retryDownload: 'Download again',
}
