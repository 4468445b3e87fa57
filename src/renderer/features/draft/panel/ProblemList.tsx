import type { DraftProblem } from '../../../../shared/domain/draftCheck.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { plural } from '../../../ui/format.ts'
import { SideSection } from '../../../ui/SidePanel.tsx'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { chooseRow } from '../gridActions.ts'
import { placeOf } from '../run/whyNot.ts'

/** In view at once; the rest follows when some are mended. */
const LISTED = 40

/** Every problem of every row, each a way to its place; then what is sent otherwise. */
export function ProblemList() {
  const problems = useStore((store) => store.check?.problems)
  const count = useStore((store) => store.check?.problemCount ?? 0)
  const warnings = useStore((store) => store.check?.warnings)
  if (problems === undefined || warnings === undefined) return null
  if (count === 0 && warnings.length === 0) return null
  return (
    <SideSection title={count > 0 ? 'Problems' : 'Warnings'}>
      <ul className="problems">
        {problems.slice(0, LISTED).map((problem) => (
          <ProblemLine
            key={`${problem.rowId ?? ''}/${problem.column ?? ''}/${problem.code}`}
            problem={problem}
          />
        ))}
        {count > LISTED && (
          <li className="text-2">And {plural(count - LISTED, 'more', 'more')}.</li>
        )}
        {warnings.slice(0, LISTED).map((warning) => (
          <li key={`${warning.model}/${warning.field}/${warning.message}`} className="problem">
            <StatusMark tone="ask" />
            <Button
              variant="link"
              onPress={() => chooseRow(warning.rowIds[0] ?? null, warning.field)}
            >
              <span className="text-1">
                <b>{placeOf(warning.rowIds[0] ?? null)}</b>
                {warning.message} <span className="text-3">{plural(warning.jobs, 'job')}</span>
              </span>
            </Button>
          </li>
        ))}
      </ul>
    </SideSection>
  )
}

function ProblemLine({ problem }: { readonly problem: DraftProblem }) {
  return (
    <li className="problem">
      <StatusMark tone="fail" />
      <Button variant="link" onPress={() => chooseRow(problem.rowId, problem.column)}>
        <span className="text-1">
          <b>{placeOf(problem.rowId)}</b>
          {problem.message} <span className="text-2">{problem.mend}</span>
        </span>
      </Button>
    </li>
  )
}
