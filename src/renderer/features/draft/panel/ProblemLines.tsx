// oxlint-disable jsx-a11y/prefer-tag-over-role -- lines that are placed by hand are no options of a select
import { useRef, useState, type KeyboardEvent } from 'react'

import type { DraftRowId } from '../../../../shared/domain/draft.ts'
import type { DraftProblem } from '../../../../shared/domain/draftCheck.ts'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { VirtualList, type VirtualListHandle } from '../../../ui/VirtualList.tsx'
import { chooseRow } from '../gridActions.ts'
import { focusGrid } from '../gridView.ts'
import { placeWords } from './placeWords.ts'

const LINE = 64
const MOST_IN_VIEW = 6

interface ProblemLinesProps {
  readonly problems: readonly DraftProblem[]
  /** From 1. */
  readonly numbers: ReadonlyMap<DraftRowId, number>
}

const lineId = (index: number): string => `draft-problem-${index}`

/** Every problem is a way to its cell: arrows walk them, Enter goes there. Only those in view exist. */
export function ProblemLines({ problems, numbers }: ProblemLinesProps) {
  const list = useRef<VirtualListHandle>(null)
  const [chosen, setChosen] = useState(0)
  const last = problems.length - 1
  const at = Math.min(chosen, last)

  const go = (index: number): void => {
    const problem = problems[index]
    setChosen(index)
    if (problem === undefined || problem.rowId === null) return
    chooseRow(problem.rowId, problem.column)
    focusGrid()
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Enter') {
      event.preventDefault()
      return go(at)
    }
    const next = target(event.key, at, last)
    if (next === null) return
    event.preventDefault()
    setChosen(next)
    list.current?.reveal(next)
  }
  return (
    <VirtualList
      handle={list}
      className="problem-lines"
      role="listbox"
      aria-label="Problems"
      aria-activedescendant={lineId(at)}
      tabIndex={0}
      style={{ height: Math.min(problems.length, MOST_IN_VIEW) * LINE }}
      count={problems.length}
      heightOf={() => LINE}
      onKeyDown={onKeyDown}
      renderRow={(index) => {
        const problem = problems[index]
        if (problem === undefined) return null
        const { rowId, column, message, mend } = problem
        const number = rowId === null ? undefined : numbers.get(rowId)
        return (
          <div
            id={lineId(index)}
            className="problem-line"
            role="option"
            tabIndex={-1}
            aria-selected={index === at}
            aria-posinset={index + 1}
            aria-setsize={problems.length}
            title={`${message} ${mend}`}
            onClick={() => go(index)}
            onKeyDown={onKeyDown}
          >
            <StatusMark tone="fail" />
            <span className="text-1">
              <b>{placeWords(number, column)}</b>
              {message} <span className="text-2">{mend}</span>
            </span>
          </div>
        )
      }}
    />
  )
}

function target(key: string, at: number, last: number): number | null {
  switch (key) {
    case 'ArrowDown':
      return Math.min(last, at + 1)
    case 'ArrowUp':
      return Math.max(0, at - 1)
    case 'PageDown':
      return Math.min(last, at + MOST_IN_VIEW)
    case 'PageUp':
      return Math.max(0, at - MOST_IN_VIEW)
    case 'Home':
      return 0
    case 'End':
      return last
    default:
      return null
  }
}
