import { placeOf, type TemplateProblem } from '../../../../shared/template/syntax.ts'
import { StatusMark } from '../../../ui/StatusMark.tsx'

interface TemplateProblemsProps {
  readonly text: string
  readonly problems: readonly TemplateProblem[]
}

/** What is wrong, at its place; the same places are underlined in the text. */
export function TemplateProblems({ text, problems }: TemplateProblemsProps) {
  if (problems.length === 0) return null
  return (
    <ul className="template-problems" aria-label="Problems of the template">
      {problems.slice(0, 6).map((problem) => {
        const { line, column } = placeOf(text, problem.offset)
        return (
          <li key={`${problem.code} ${problem.offset} ${problem.message}`} className="problem">
            <StatusMark tone="fail" />
            <span>
              <b>{line === 1 ? `Character ${column}: ` : `Line ${line}, character ${column}: `}</b>
              {problem.message} <span className="text-2">{problem.mend}</span>
            </span>
          </li>
        )
      })}
    </ul>
  )
}
