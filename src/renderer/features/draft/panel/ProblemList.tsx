import { useMemo } from 'react'

import type { DraftRowId } from '../../../../shared/domain/draft.ts'
import type { DraftProblem, WarningGroup } from '../../../../shared/domain/draftCheck.ts'
import { kindsOf, ofKind } from '../../../store/draft/problems.ts'
import { useStore } from '../../../store/store.ts'
import { useKeys } from '../../../commands/platform.ts'
import { Button } from '../../../ui/Button.tsx'
import { formatCount, plural } from '../../../ui/format.ts'
import { Select } from '../../../ui/Select.tsx'
import { SideSection } from '../../../ui/SidePanel.tsx'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { chooseRow } from '../gridActions.ts'
import { showOnly } from '../gridView.ts'
import { ProblemLines } from './ProblemLines.tsx'
import { goToProblem } from './problemWalk.ts'

/** Every problem of every row, each a way to its place; then what is sent otherwise. */
export function ProblemList() {
  const problems = useStore((store) => store.check?.problems)
  const kind = useStore((store) => store.problemKind)
  const count = useStore((store) => store.check?.problemCount ?? 0)
  const warnings = useStore((store) => store.check?.warnings)
  const numbers = useRowNumbers()
  const listed = useMemo(() => ofKind(problems ?? [], kind), [problems, kind])
  if (problems === undefined || warnings === undefined) return null
  if (count === 0 && warnings.length === 0) return null
  const title = count > 0 ? `Problems, ${formatCount(count)}` : 'Warnings'
  const more = count - problems.length
  return (
    <SideSection title={title}>
      {problems.length > 1 && <ProblemTools problems={problems} listed={listed} />}
      {listed.length > 0 && <ProblemLines problems={listed} numbers={numbers} />}
      {more > 0 && (
        <p className="problem-more text-2">
          {plural(more, 'more follows', 'more follow')} when these are mended.
        </p>
      )}
      {warnings.length > 0 && (
        <ul className="problems">
          {warnings.map((warning) => (
            <WarningLine
              key={`${warning.model}/${warning.field}/${warning.message}`}
              warning={warning}
              number={numbers.get(warning.rowIds[0] ?? 'row_')}
            />
          ))}
        </ul>
      )}
    </SideSection>
  )
}

/** Worked out once per state of the rows, not once per line. */
function useRowNumbers(): ReadonlyMap<DraftRowId, number> {
  const rows = useStore((store) => store.open?.doc.rows)
  return useMemo(() => new Map(rows?.map(({ id }, index) => [id, index + 1])), [rows])
}

interface ProblemToolsProps {
  readonly problems: readonly DraftProblem[]
  /** Of the chosen kind. */
  readonly listed: readonly DraftProblem[]
}

function ProblemTools({ problems, listed }: ProblemToolsProps) {
  const key = useKeys('draft.nextProblem')
  const kind = useStore((store) => store.problemKind)
  const listProblems = useStore((store) => store.listProblems)
  const kinds = useMemo(() => kindsOf(problems), [problems])
  const chosen = kinds.find(({ code }) => code === kind)
  const only = (): void => {
    const ids = listed.flatMap(({ rowId }) => rowId ?? [])
    const words = chosen === undefined ? 'the row has a problem' : chosen.label.toLowerCase()
    showOnly([...new Set(ids)], words)
  }
  const all = { id: ALL, label: `All kinds, ${formatCount(problems.length)}` }
  return (
    <div className="problem-tools">
      {kinds.length > 1 && (
        <Select
          label="Kind of problem"
          isLabelHidden
          value={chosen?.code ?? ALL}
          choices={[
            all,
            ...kinds.map(({ code, label, count }) => ({
              id: code,
              label: `${label}, ${formatCount(count)}`,
            })),
          ]}
          onChange={(id) => listProblems(id === ALL ? null : id)}
        />
      )}
      <Button hint={key} onPress={() => goToProblem(1)}>
        Next
      </Button>
      <Button variant="quiet" onPress={only}>
        Only these rows
      </Button>
    </div>
  )
}

/** No code of a problem. */
const ALL = 'all'

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
          {message} <span className="text-3 no-wrap">{plural(jobs, 'job')}</span>
        </span>
      </Button>
    </li>
  )
}
