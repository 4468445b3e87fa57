import {
  ChevronDown,
  Drama,
  FileDown,
  Moon,
  PanelRight,
  Play,
  SlidersHorizontal,
} from 'lucide-react'
import { useState } from 'react'

import { useBlocked } from '../../hooks/useBlocked.ts'
import { usePanel } from '../../hooks/usePanel.ts'
import { importDraft } from '../../store/importStore.ts'
import type { OpenDraft } from '../../store/draftSlice.ts'
import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'
import { IconButton } from '../../ui/IconButton.tsx'
import { Menu } from '../../ui/Menu.tsx'
import { ScreenTitle } from '../../ui/ScreenTitle.tsx'
import { Segmented } from '../../ui/Segmented.tsx'
import { DraftNameDialog } from './DraftNameDialog.tsx'
import { DraftPicker } from './DraftPicker.tsx'
import { DraftOptionsDialog } from './options/DraftOptionsDialog.tsx'
import type { HowToRun, Run } from './run/useRun.ts'
import { useDraftCommands, useDraftMenu, type DraftQuestion } from './useDraftMenu.ts'

interface DraftBarProps {
  readonly open: OpenDraft
  readonly run: Run
  readonly face: DraftFace
  readonly onFace: (face: DraftFace) => void
}

/** The rows as a sheet, or the prompt of one of them as a template. */
export type DraftFace = 'rows' | 'template'

const FACES = [
  { id: 'rows', label: 'Rows' },
  { id: 'template', label: 'Template' },
] as const

export function DraftBar({ open, run, face, onFace }: DraftBarProps) {
  const [dialog, setDialog] = useState<'none' | DraftQuestion>('none')
  const groups = useDraftMenu(open, setDialog)
  useDraftCommands(open, setDialog)
  const close = (): void => setDialog('none')
  const blocked = useBlocked()
  const panel = usePanel('draft')
  const solid = mainAction(run)
  return (
    <div className="screen-bar draft-bar">
      <Menu label="Drafts" groups={groups}>
        <Button variant="quiet" label={`${open.doc.name}, drafts`}>
          <ScreenTitle className="one-line">{open.doc.name}</ScreenTitle>
          <ChevronDown aria-hidden="true" />
        </Button>
      </Menu>
      <SaveWord />
      <span className="grow" />
      <Segmented label="Show" value={face} segments={FACES} onChange={onFace} />
      {blocked.length === 0 && (
        <IconButton
          icon={<SlidersHorizontal />}
          label="Defaults and limits of the draft"
          onPress={() => setDialog('options')}
        />
      )}
      <Button icon={<FileDown />} why={blocked} onPress={() => void importDraft()}>
        Import
      </Button>
      <span className="bar-gap" />
      <RunButton how="rehearse" run={run} isSolid={solid === 'rehearse'} />
      <RunButton how="now" run={run} isSolid={solid === 'now'} />
      <RunButton how="tonight" run={run} isSolid={solid === 'tonight'} />
      <IconButton
        icon={<PanelRight />}
        label={panel.isOpen ? 'Hide the details of the row' : 'Show the details of the row'}
        onPress={() => panel.set(!panel.isOpen)}
      />
      <DraftNameDialog open={open} isOpen={dialog === 'name'} onClose={close} />
      <DraftOptionsDialog open={open} isOpen={dialog === 'options'} onClose={close} />
      <DraftPicker isOpen={dialog === 'drafts'} onClose={close} />
    </div>
  )
}

/** The one solid button: tonight where nights are set, else now, else a rehearsal. */
function mainAction({ why }: Run): HowToRun {
  const order: readonly HowToRun[] = ['tonight', 'now', 'rehearse']
  return order.find((how) => why[how].length === 0) ?? 'now'
}

const RUN_WORDS: Readonly<Record<HowToRun, string>> = {
  rehearse: 'Rehearse',
  now: 'Run now',
  tonight: 'Run tonight',
}

interface RunButtonProps {
  readonly how: HowToRun
  readonly run: Run
  readonly isSolid: boolean
}

function RunButton({ how, run, isSolid }: RunButtonProps) {
  return (
    <Button
      variant={isSolid ? 'solid' : 'plain'}
      icon={how === 'rehearse' ? <Drama /> : how === 'tonight' ? <Moon /> : <Play />}
      why={run.why[how]}
      isPending={run.busy?.how === how}
      onPress={() => run.start(how)}
    >
      {RUN_WORDS[how]}
      {how === 'rehearse' && <span className="draft-free">free</span>}
    </Button>
  )
}

/** Drafts save themselves; this says whether the last key is safe. What failed stands below in `UnsavedNote`. */
function SaveWord() {
  const kind = useStore((store) => store.saveState.kind)
  if (kind === 'failed') return <span className="text-fail draft-saved">not saved</span>
  return <span className="text-3 draft-saved">{kind === 'saved' ? 'saved' : 'saving…'}</span>
}
