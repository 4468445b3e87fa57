import type { DraftCheck, WarningGroup } from '../../../../shared/domain/draftCheck.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatCount, plural } from '../../../ui/format.ts'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { BEHAVIOUR_WORDS } from '../behaviourWords.ts'
import { showOnly } from '../gridView.ts'

interface RunWarningsProps {
  readonly check: DraftCheck
  /** Puts the question away, to look at the rows. */
  readonly onLeave: () => void
}

/** Every change between what was asked for and what is sent, each once, by model. */
export function RunWarnings({ check, onLeave }: RunWarningsProps) {
  const more = check.warningCount - check.warnings.length
  const models = byModel(check.warnings)
  return (
    <section className="run-warnings" aria-label="Sent otherwise than asked for">
      <h3>Sent otherwise than asked for, {plural(check.warningCount, 'kind')}</h3>
      {models.map(([name, warnings]) => (
        <div key={warnings[0]?.model}>
          {models.length > 1 && <h4>{name}</h4>}
          <ul>
            {warnings.map((warning) => (
              <WarningLine
                key={`${warning.field}/${warning.message}`}
                warning={warning}
                onLeave={onLeave}
              />
            ))}
          </ul>
        </div>
      ))}
      {more > 0 && (
        <p className="text-2">
          And {formatCount(more)} more, each of fewer jobs than these. Rows say their own beside
          them.
        </p>
      )}
    </section>
  )
}

/** Rows that a warning names at most. */
const MOST_ROWS = 50

interface WarningLineProps {
  readonly warning: WarningGroup
  readonly onLeave: () => void
}

function WarningLine({ warning, onLeave }: WarningLineProps) {
  const { message, behaviour, jobs, rowIds } = warning
  const show = (): void => {
    onLeave()
    const isPart = rowIds.length >= MOST_ROWS
    showOnly(rowIds, isPart ? `the first ${MOST_ROWS} of: ${message}` : message)
  }
  return (
    <li className="run-warning">
      <StatusMark tone={behaviour === 'dropped' ? 'fail' : 'ask'} />
      <span className="grow">
        {message} <span className="text-3">{BEHAVIOUR_WORDS[behaviour]}</span>
      </span>
      <Button
        variant="link"
        label={`${plural(jobs, 'job')}, show the rows: ${message}`}
        onPress={show}
      >
        {plural(jobs, 'job')}
      </Button>
    </li>
  )
}

function byModel(
  warnings: readonly WarningGroup[],
): readonly (readonly [string, readonly WarningGroup[]])[] {
  const names = new Map(warnings.map(({ model, modelName }) => [model, modelName]))
  return [...names].map(([model, name]) => [
    name,
    warnings.filter((warning) => warning.model === model),
  ])
}
