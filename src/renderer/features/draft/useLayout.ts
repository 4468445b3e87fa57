import type { ColumnLayout } from '../../../shared/domain/draft.ts'
import { useStore } from '../../store/store.ts'
import { useView } from '../../store/viewStore.ts'

/** The columns of the open draft; one that was never laid out is as the window has them. */
export function useLayout(): ColumnLayout {
  const own = useStore((store) => store.open?.doc.layout ?? null)
  const usual = useView((view) => view.columns)
  return own ?? usual
}

export const layoutNow = (): ColumnLayout =>
  useStore.getState().open?.doc.layout ?? useView.getState().columns

/** One step to undo; moves that `joins` names alike are one. */
export const changeLayout = (layout: ColumnLayout, joins?: string): void =>
  useStore.getState().editDraft((doc) => ({ ...doc, layout }), joins)
