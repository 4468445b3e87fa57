import { groupBy } from '../../../../shared/domain/groupBy.ts'
import { questionsIn } from '../../../store/queueSlice.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { plural } from '../../../ui/format.ts'
import { SideSection } from '../../../ui/SidePanel.tsx'
import { FailureCard } from './FailureCard.tsx'
import { HaltCard } from './HaltCard.tsx'
import { HoldCard } from './HoldCard.tsx'
import { JobCard } from './JobCard.tsx'
import './needsYou.css'
import { StopCard } from './StopCard.tsx'

/** Where money or outcome is in doubt, or nothing goes on without a person; by class and cause. */
export function NeedsYouCards() {
  const { rows, count } = useStore((store) => store.needs)
  const { holds, stops, failures } = useStore((store) => store.asks)
  const halted = useStore((store) => store.tonight?.halted ?? null)
  const questions = useStore(questionsIn)
  const showQueue = useStore((store) => store.showQueue)
  if (questions + failures.length === 0) return null
  return (
    <SideSection title="Needs you">
      {halted !== null && <HaltCard halted={halted} />}
      {holds.map((hold) => (
        <HoldCard key={`${hold.provider} ${hold.route ?? ''} ${hold.words}`} hold={hold} />
      ))}
      {stops.map((stop) => (
        <StopCard
          key={`${stop.why} ${stop.scope ?? stop.provider} ${stop.batches[0]?.id ?? ''}`}
          stop={stop}
        />
      ))}
      {[...groupBy(rows, ({ code }) => code)].map(([code, group]) => (
        <section
          key={code}
          className="needs-group"
          aria-label={GROUP_WORDS[code] ?? 'Other questions'}
        >
          <h3>
            {GROUP_WORDS[code] ?? 'Other questions'}, {group.length}
          </h3>
          {group.map((needs) => (
            <JobCard key={needs.jobId} needs={needs} />
          ))}
        </section>
      ))}
      {count > rows.length && (
        <p className="panel-hint">
          <Button variant="link" onPress={() => showQueue('needsYou')}>
            And {plural(count - rows.length, 'more', 'more')}
          </Button>
        </p>
      )}
      {failures.map((group) => (
        <FailureCard
          key={`${group.provider} ${group.error.kind} ${group.error.code} ${group.error.refusedPart ?? ''}`}
          group={group}
        />
      ))}
    </SideSection>
  )
}

const GROUP_WORDS: Readonly<Record<string, string>> = {
  submitUnknown: 'Answers that were lost',
  renderOverdue: 'Renders that take too long',
  operationMissing: 'Renders that the provider lost',
  operationTaken: 'Renders that belong to another job',
  linkExpired: 'Clips whose link expired',
  internalError: 'Faults of Dailies',
}
