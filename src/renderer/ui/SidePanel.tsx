import type { ReactNode } from 'react'

import './sidePanel.css'

export function SidePanel({
  label,
  children,
}: {
  readonly label: string
  readonly children: ReactNode
}) {
  return (
    <aside className="side-panel" aria-label={label}>
      {children}
    </aside>
  )
}

export function SideSection({
  title,
  children,
}: {
  readonly title: string
  readonly children: ReactNode
}) {
  return (
    <section className="side-section">
      <h2>{title}</h2>
      {children}
    </section>
  )
}

export interface Fact {
  readonly key: string
  readonly value: ReactNode
  readonly note?: ReactNode
  /** Over as many lines as it needs. */
  readonly isWrapped?: boolean | undefined
}

/** Names and values in two columns, with an optional mark at the right. */
export function Facts({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className="facts">
      {facts.map((fact) => (
        <div key={fact.key} className="fact">
          <dt>{fact.key}</dt>
          <dd className={`${fact.isWrapped === true ? 'fact-wrapped' : 'one-line'} selectable`}>
            {fact.value}
          </dd>
          {fact.note !== undefined && <dd className="fact-note">{fact.note}</dd>}
        </div>
      ))}
    </dl>
  )
}
