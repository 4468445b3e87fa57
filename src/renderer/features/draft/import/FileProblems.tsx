// oxlint-disable jsx-a11y/prefer-tag-over-role -- lines that are placed by hand are no list items
import type { Problem } from '../../../../shared/domain/errors.ts'
import { plural } from '../../../ui/format.ts'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { VirtualList } from '../../../ui/VirtualList.tsx'

const LINE = 44
const MOST_IN_VIEW = 4

interface FileProblemsProps {
  readonly problems: readonly Problem[]
  /** Of all, also those that are not here. */
  readonly count: number
}

/** What is wrong with a file, each with its place and its mend. */
export function FileProblems({ problems, count }: FileProblemsProps) {
  if (count === 0) return null
  const more = count - problems.length
  return (
    <section className="import-problems">
      <h3>
        {plural(count, 'problem')} in the file
        {more > 0 && <span className="text-3"> The first {problems.length}:</span>}
      </h3>
      <VirtualList
        role="list"
        aria-label="Problems in the file"
        tabIndex={0}
        style={{ height: Math.min(problems.length, MOST_IN_VIEW) * LINE }}
        count={problems.length}
        heightOf={() => LINE}
        renderRow={(index) => <Line problem={problems[index]} />}
      />
    </section>
  )
}

function Line({ problem }: { readonly problem: Problem | undefined }) {
  if (problem === undefined) return null
  const { message, mend } = problem
  return (
    <div className="import-problem" role="listitem">
      <StatusMark tone="ask" />
      <div className="grow">
        <p className="one-line" title={message}>
          <b>{placeWords(problem)}</b>
          {message}
        </p>
        <p className="one-line text-2" title={mend}>
          {mend}
        </p>
      </div>
    </div>
  )
}

/** `Row 2, column C: `, `Column C: `; nothing for the file as a whole. */
function placeWords({ row, column }: Problem): string {
  if (row === null) return column === null ? '' : `Column ${column}: `
  return column === null ? `Row ${row}: ` : `Row ${row}, column ${column}: `
}
