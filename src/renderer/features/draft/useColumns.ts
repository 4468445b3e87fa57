import { useMemo } from 'react'
import { columnsFor, type GridColumn } from '../../store/draft/columns.ts'
import { arranged } from '../../store/draft/layout.ts'
import { useStore } from '../../store/store.ts'
import { useLayout } from './useLayout.ts'

const NONE: readonly string[] = []

/** The columns of the open draft as they are shown. */
export function useColumns(): readonly GridColumn[] {
  const variables = useStore((store) => store.open?.doc.variables ?? NONE)
  const layout = useLayout()
  return useMemo(() => arranged(columnsFor(variables), layout), [variables, layout])
}
