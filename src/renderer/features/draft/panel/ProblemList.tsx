import { useMemo } from 'react'

import type { DraftRowId } from '../../../../shared/domain/draft.ts'
import type { DraftProblem, WarningGroup } from '../../../../shared/domain/draftCheck.ts'
import { columnOfProblem, columnsFor } from '../../../store/draft/columns.ts'
import { useStore } from '../../../store/store.ts'
import { useKeys } from '../../../commands/platform.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatCount, plural } from '../../../ui/format.ts'
import { SideSection } from '../../../ui/SidePanel.tsx'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { chooseRow } from '../gridActions.ts'
import { showOnly } from '../gridView.ts'
import { goToProblem } from './problemWalk.ts'

/** Every problem of every row, each a way to its place; then what is sent otherwise. */
export function ProblemList() {
  const problems = useStore((store) => store.check?.problems)
  const count = useStore((store) => store.check?.problemCount ?? 0)
  const warnings = useStore((store) => store.check?.warnings)
  const numbers = useRowNumbers()
  if (problems === undefined || warnings === undefined) return null
  if (count === 0 && warnings.length === 0) return null
  const title = count > 0 ? `Problems, ${formatCount(count)}` : 'Warnings'
  return (
    <SideSection title={title}>
      {problems.length > 1 && <ProblemTools problems={problems} />}
      <ul className="problems">
        {problems.map((problem) => (
          <ProblemLine
            key={`${problem.rowId ?? ''}/${problem.column ?? ''}/${problem.code}/${problem.message}`}
            problem={problem}
            number={problem.rowId === null ? undefined : numbers.get(problem.rowId)}
          />
        ))}
        {count > problems.length && (
          <li className="text-2">
            {plural(count - problems.length, 'more follows', 'more follow')} when these are mended.
          </li>
        )}
        {warnings.map((warning) => (
          <WarningLine
            key={`${warning.model}/${warning.field}/${warning.message}`}
            warning={warning}
            number={numbers.get(warning.rowIds[0] ?? 'row_')}
          />
        ))}
      </ul>
    </SideSection>
  )
}

/** Worked out once per state of the rows, not once per line. */
function useRowNumbers(): ReadonlyMap<DraftRowId, number> {
  const rows = useStore((store) => store.open?.doc.rows)
  return useMemo(() => new Map(rows?.map(({ id }, index) => [id, index + 1])), [rows])
}

function ProblemTools({ problems }: { readonly problems: readonly DraftProblem[] }) {
  const key = useKeys('draft.nextProblem')
  const only = (): void => {
    const ids = problems.flatMap(({ rowId }) => rowId ?? [])
    showOnly([...new Set(ids)], 'the row has a problem')
  }
  return (
    <div className="problem-tools">
      <Button hint={key} onPress={() => goToProblem(1)}>
        Next
      </Button>
      <Button variant="quiet" onPress={only}>
        Only these rows
      </Button>
    </div>
  )
}

interface ProblemLineProps {
  readonly problem: DraftProblem
  /** From 1; undefined for what concerns the draft as a whole. */
  readonly number: number | undefined
}

function ProblemLine({ problem, number }: ProblemLineProps) {
  const { rowId, column, message, mend } = problem
  const words = (
    <span className="text-1">
      <b>{placeWords(number, column)}</b>
      {message} <span className="text-2">{mend}</span>
    </span>
  )
  return (
    <li className="problem">
      <StatusMark tone="fail" />
      {rowId === null ? (
        words
      ) : (
        <Button variant="link" onPress={() => chooseRow(rowId, column)}>
          {words}
        </Button>
      )}
    </li>
  )
}

/** `Row 8, model: `, by the words of the grid. */
function placeWords(number: number | undefined, column: string | null): string {
  const name = column?.startsWith('variables.') === true ? column.slice('variables.'.length) : null
  const all = columnsFor(name === null ? [] : [name])
  const title = all[columnOfProblem(all, column)]?.title
  const cell = title === undefined ? '' : `, ${name === null ? title.toLowerCase() : title}`
  return number === undefined ? '' : `Row ${formatCount(number)}${cell}: `
}

interface WarningLineProps {
  readonly warning: WarningGroup
  readonly number: number | undefined
}

function WarningLine({ warning, number }: WarningLineProps) {
  const { rowIds, field, message, jobs } = warning
  const others = rowIds.length > 1 ? ' and others' : ''
  return (
    <li className="problem">
      <StatusMark tone="ask" />
      <Button variant="link" onPress={() => chooseRow(rowIds[0] ?? null, field)}>
        <span className="text-1">
          <b>{number === undefined ? '' : `Row ${formatCount(number)}${others}: `}</b>
          {message} <span className="text-3">{plural(jobs, 'job')}</span>
        </span>
      </Button>
    </li>
  )
}
