import type { ReactNode } from 'react'

import { StatusMark, type Tone } from '../../../ui/StatusMark.tsx'
import { shownWords } from './shownWords.ts'

interface AskCardProps {
  readonly title: string
  readonly tone?: Tone | undefined
  /** What is known, a line each. */
  readonly evidence?: readonly string[] | undefined
  readonly actions: ReactNode
  readonly children: ReactNode
}

/** One question: what happened, what is known of it, what can be done. */
export function AskCard({ title, tone = 'ask', evidence = [], actions, children }: AskCardProps) {
  return (
    <article className="needs-card" aria-label={title}>
      <h3>
        <StatusMark tone={tone} /> {title}
      </h3>
      <p className="selectable">{children}</p>
      {evidence.length > 0 && (
        <ul className="selectable">
          {evidence.map((line) => (
            <li key={line}>{shownWords(line)}</li>
          ))}
        </ul>
      )}
      <div className="needs-actions">{actions}</div>
    </article>
  )
}
