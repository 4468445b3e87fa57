import { ArrowLeft, ArrowRight, Minus, Plus } from 'lucide-react'

import { columnsFor } from '../../../store/draft/columns.ts'
import { ordered } from '../../../store/draft/layout.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { IconButton } from '../../../ui/IconButton.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { hideColumn, moveColumn, resetColumns, widenColumn } from '../gridView.ts'
import { useLayout } from '../useLayout.ts'
import './columns.css'

interface ColumnsDialogProps {
  readonly isOpen: boolean
  readonly onClose: () => void
}

/** Which columns are shown, in which order and how wide; kept with the draft. */
export function ColumnsDialog({ isOpen, onClose }: ColumnsDialogProps) {
  return (
    <Dialog
      title="Columns"
      isOpen={isOpen}
      onClose={onClose}
      footer={
        <>
          <Button onPress={resetColumns}>Reset</Button>
          <span className="grow" />
          <Button variant="solid" onPress={onClose}>
            Done
          </Button>
        </>
      }
    >
      <ColumnList />
    </Dialog>
  )
}

const NONE: readonly string[] = Object.freeze([])
const STEP = 24

function ColumnList() {
  const variables = useStore((store) => store.open?.doc.variables ?? NONE)
  const layout = useLayout()
  return (
    <ul className="column-list">
      {ordered(columnsFor(variables), layout).map(({ id, title }) => {
        const isHidden = layout.hidden.includes(id)
        return (
          <li key={id}>
            <span className="grow">
              {id === 'prompt' ? (
                <span className="column-always">{title}</span>
              ) : (
                <Switch isOn={!isHidden} onChange={(isOn) => hideColumn(id, !isOn)}>
                  {title}
                </Switch>
              )}
            </span>
            {!isHidden && <ColumnTools id={id} title={title} width={layout.widths[id]} />}
          </li>
        )
      })}
    </ul>
  )
}

interface ColumnToolsProps {
  readonly id: string
  readonly title: string
  /** Undefined: as wide as it usually is. */
  readonly width: number | undefined
}

function ColumnTools({ id, title, width }: ColumnToolsProps) {
  const now = (): number => {
    const head = document.querySelector(`.grid-header [data-column="${CSS.escape(id)}"]`)
    return width ?? head?.getBoundingClientRect().width ?? 100
  }
  return (
    <>
      <span className="text-3 number">{width === undefined ? '' : `${width} px`}</span>
      <IconButton
        icon={<Minus />}
        label={`Make ${title} narrower`}
        onPress={() => widenColumn(id, now() - STEP)}
      />
      <IconButton
        icon={<Plus />}
        label={`Make ${title} wider`}
        onPress={() => widenColumn(id, now() + STEP)}
      />
      <IconButton
        icon={<ArrowLeft />}
        label={`Move ${title} to the left`}
        onPress={() => moveColumn(id, -1)}
      />
      <IconButton
        icon={<ArrowRight />}
        label={`Move ${title} to the right`}
        onPress={() => moveColumn(id, 1)}
      />
    </>
  )
}
