import { PencilLine } from 'lucide-react'
import { useEffect, useState } from 'react'

import { useCommands } from '../../commands/useCommands.ts'
import { useBlocked } from '../../hooks/useBlocked.ts'
import { usePanel } from '../../hooks/usePanel.ts'
import { exportDraft, newDraft } from '../../store/draftFiles.ts'
import { importDraft } from '../../store/importStore.ts'
import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { DraftBar, type DraftFace } from './DraftBar.tsx'
import { DraftFoot } from './DraftFoot.tsx'
import { ColumnNameDialog } from './columns/ColumnNameDialog.tsx'
import { ColumnsDialog } from './columns/ColumnsDialog.tsx'
import './draft.css'
import { DraftGrid } from './grid/DraftGrid.tsx'
import { useRowDrops } from './grid/useGridFiles.ts'
import { FilterNote } from './find/FilterNote.tsx'
import { FindBar } from './find/FindBar.tsx'
import { focusColumn, focusGrid } from './gridView.ts'
import { TemplateView } from './template/TemplateView.tsx'
import { UnsavedNote } from './UnsavedNote.tsx'
import { useGridCommands } from './useGridCommands.ts'
import { ImportDialog } from './import/ImportDialog.tsx'
import { PairDialog } from './pair/PairDialog.tsx'
import { RowPanel } from './panel/RowPanel.tsx'
import { RunDialog } from './run/RunDialog.tsx'
import { useRun } from './run/useRun.ts'

export function DraftScreen() {
  const open = useStore((store) => store.open)
  const openDraft = useStore((store) => store.openDraft)
  useEffect(() => {
    if (useStore.getState().open === null) void openDraft(null)
  }, [openDraft])
  return (
    <>
      {open === null ? <NoDraft /> : <OpenDraftScreen key={open.id} />}
      <ImportDialog />
    </>
  )
}

function NoDraft() {
  const drafts = useStore((store) => store.drafts)
  const error = useStore((store) => store.openError)
  const openDraft = useStore((store) => store.openDraft)
  const why = useBlocked()
  if (error !== null) {
    return (
      <EmptyState
        title="The drafts could not be read"
        actions={<Button onPress={() => void openDraft(null)}>Try again</Button>}
      >
        {error}
      </EmptyState>
    )
  }
  if (drafts === null || drafts.length > 0) return <div aria-busy="true" />
  return (
    <EmptyState
      icon={<PencilLine />}
      title="Draft tonight’s shots"
      actions={
        <>
          <Button variant="solid" why={why} onPress={() => void newDraft()}>
            New draft
          </Button>
          <Button why={why} onPress={() => void importDraft()}>
            Import a batch file…
          </Button>
        </>
      }
    >
      One row per prompt, with a model, a length and how many takes. Rehearse it for free first; run
      it when it looks right.
    </EmptyState>
  )
}

function OpenDraftScreen() {
  const open = useStore((store) => store.open)
  const panel = usePanel('draft')
  const blocked = useBlocked()
  const run = useRun()
  const drops = useRowDrops(blocked.length > 0)
  const [isFinding, setFinding] = useState(false)
  const [isLaying, setLaying] = useState(false)
  const [renaming, setRenaming] = useState<string | null>(null)
  const [face, setFace] = useState<DraftFace>('rows')
  const closeFind = (): void => {
    setFinding(false)
    focusGrid()
  }
  useGridCommands({
    blocked,
    face,
    turn: () => setFace(face === 'rows' ? 'template' : 'rows'),
    find: () => setFinding(true),
    showColumns: () => setLaying(true),
    renameColumn: () => setRenaming(focusColumn()?.variable ?? null),
  })
  useCommands({
    'draft.exportCsv': { run: () => void (open !== null && exportDraft(open.id, 'csv')) },
    'draft.exportTsv': { run: () => void (open !== null && exportDraft(open.id, 'tsv')) },
    'draft.exportXlsx': { run: () => void (open !== null && exportDraft(open.id, 'xlsx')) },
    'draft.exportJson': { run: () => void (open !== null && exportDraft(open.id, 'json')) },
    'view.panel': { run: () => panel.set(!panel.isOpen) },
    'draft.rehearse': { run: () => run.start('rehearse'), why: () => run.why.rehearse },
    'draft.runNow': { run: () => run.start('now'), why: () => run.why.now },
    'draft.runTonight': { run: () => run.start('tonight'), why: () => run.why.tonight },
  })
  if (open === null) return null
  // A template has its prompts beside it.
  const hasPanel = panel.isOpen && face === 'rows'
  return (
    <div className="draft" data-panel={hasPanel ? '' : undefined} {...drops}>
      <DraftBar open={open} run={run} face={face} onFace={setFace} />
      <div className="draft-main">
        {isFinding && face === 'rows' && <FindBar blocked={blocked} onClose={closeFind} />}
        <UnsavedNote />
        <FilterNote />
        {face === 'rows' ? (
          <DraftGrid open={open} onColumns={() => setLaying(true)} />
        ) : (
          <TemplateView open={open} />
        )}
      </div>
      {hasPanel && <RowPanel open={open} />}
      <DraftFoot busy={run.busy} />
      <PairDialog />
      <RunDialog run={run} />
      <ColumnsDialog isOpen={isLaying} onClose={() => setLaying(false)} />
      <ColumnNameDialog open={open} variable={renaming} onClose={() => setRenaming(null)} />
    </div>
  )
}
