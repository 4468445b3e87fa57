// oxlint-disable jsx-a11y/prefer-tag-over-role -- rows that are placed by hand are no table rows
import type { GridColumn } from '../../../store/draft/columns.ts'

export function GridHeader({ columns }: { readonly columns: readonly GridColumn[] }) {
  return (
    <div className="grid-row grid-header" role="row" aria-rowindex={1}>
      <div className="grid-cell grid-index" role="columnheader" aria-label="Row" />
      {columns.map((column) => (
        <div
          key={column.id}
          className="grid-cell"
          role="columnheader"
          data-kind={column.kind}
          data-variable={column.variable === null ? undefined : ''}
        >
          {column.title}
        </div>
      ))}
      <div className="grid-cell grid-estimate number" role="columnheader">
        Estimate
      </div>
    </div>
  )
}
