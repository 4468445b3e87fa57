import type { ExportItem, ExportSettings, ExportView } from '../../../../shared/domain/export.ts'
import type { TakeId } from '../../../../shared/domain/ids.ts'
import { useState } from 'react'

import { act } from '../../../store/notify.ts'
import {
  openExportFolder,
  stopExport,
  useExports,
  type ExportScope,
} from '../../../store/exportStore.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { plural } from '../../../ui/format.ts'
import { ProgressBar } from '../../../ui/ProgressBar.tsx'
import { Segmented } from '../../../ui/Segmented.tsx'
import './export.css'
import { ExportForm } from './ExportForm.tsx'
import { ExportPreview } from './ExportPreview.tsx'
import { HandoffLine } from './HandoffLine.tsx'
import { useExportPlan, type Planned } from './useExportPlan.ts'

/** Files made of takes: what, how, under which names, and how far it is. */
export function ExportDialog({ chosen }: { readonly chosen: readonly TakeId[] }) {
  const open = useExports((store) => store.open)
  const settings = useExports((store) => store.settings)
  const planned = useExportPlan(chosen)
  const [isStarting, setStarting] = useState(false)
  // Opened again while one runs, it shows how far that is.
  const [startedId, setStartedId] = useState<ExportView['id'] | null>(runningId)
  const started = useExports((store) => store.exports.find(({ id }) => id === startedId) ?? null)
  const close = (): void => open(false)
  const start = async (): Promise<void> => {
    if (planned.items === null || isStarting) return
    setStarting(true)
    setStartedId(await startExport(planned.items, settings))
    setStarting(false)
  }
  if (started !== null) return <Progress view={started} onClose={close} />
  const files = planned.plan?.files.filter(({ method }) => method !== null).length ?? 0
  return (
    <Dialog
      title="Export"
      size="large"
      isOpen
      onClose={close}
      footer={
        <>
          <Folder planned={planned} />
          <Button onPress={close}>Not now</Button>
          <Button
            variant="solid"
            isPending={isStarting}
            why={files === 0 ? [{ text: planned.problem ?? 'The takes are still read.' }] : []}
            onPress={() => void start()}
          >
            Export {plural(files, 'file')}
          </Button>
        </>
      }
    >
      <div className="export">
        <Scope chosen={chosen.length} />
        <ExportForm />
        <ExportPreview planned={planned} />
        <HandoffLine items={planned.items} />
      </div>
    </Dialog>
  )
}

const runningId = (): ExportView['id'] | null =>
  useExports.getState().exports.find(({ state }) => state === 'running')?.id ?? null

async function startExport(
  items: readonly ExportItem[],
  settings: ExportSettings,
): Promise<ExportView['id'] | null> {
  const answer = await act('Nothing was exported.', 'exports.start', {
    items: [...items],
    settings,
  })
  return answer.ok ? answer.data.id : null
}

function Scope({ chosen }: { readonly chosen: number }) {
  const scope = useExports((store) => store.scope)
  const setScope = useExports((store) => store.setScope)
  const segments: readonly { readonly id: ExportScope; readonly label: string }[] = [
    { id: 'chosen', label: chosen > 1 ? `These ${chosen} takes` : 'This take' },
    { id: 'picked', label: 'Picked takes in view' },
    { id: 'shown', label: 'All takes in view' },
  ]
  return (
    <div className="export-scope">
      <Segmented label="Which takes" value={scope} segments={segments} onChange={setScope} />
      <span className="text-3">A take with in and out points goes out as that clip.</span>
    </div>
  )
}

function Folder({ planned: { plan } }: { readonly planned: Planned }) {
  const settingsArrived = useStore((store) => store.settingsArrived)
  const choose = async (): Promise<void> => {
    const folder = 'exportDir'
    const answer = await act('The folder was not changed.', 'settings.chooseFolder', { folder })
    if (!answer.ok || answer.data === null) return
    settingsArrived(answer.data)
    useExports.getState().set({})
  }
  return (
    <span className="export-folder grow">
      <span className="one-line text-2" title={plan?.folder}>
        {plan === null ? '' : `To ${plan.folder}`}
      </span>
      <Button variant="quiet" onPress={() => void choose()}>
        Change…
      </Button>
    </span>
  )
}

interface ProgressProps {
  readonly view: ExportView
  readonly onClose: () => void
}

function Progress({ view, onClose }: ProgressProps) {
  const { id, state, written, skipped, files, failures, failed, progress } = view
  const isRunning = state === 'running'
  const counts = [
    `${written} of ${plural(files, 'file')} written`,
    ...(skipped === 0 ? [] : [`${skipped} left as they were`]),
    ...(failed === 0 ? [] : [`${failed} failed`]),
  ]
  return (
    <Dialog
      title={isRunning ? 'Exporting' : state === 'cancelled' ? 'Export stopped' : 'Exported'}
      size="medium"
      isOpen
      onClose={onClose}
      footer={
        <>
          <output className="grow text-2">{counts.join(' · ')}</output>
          {isRunning ? (
            <Button onPress={() => void stopExport(id)}>Stop</Button>
          ) : (
            <Button onPress={() => void openExportFolder(id)}>Open folder</Button>
          )}
          <Button variant="solid" onPress={onClose} autoFocus>
            {isRunning ? 'Go on in the background' : 'Done'}
          </Button>
        </>
      }
    >
      <div className="export-progress">
        <ProgressBar label="Export" value={progress} />
        {failures.map(({ file, message }) => (
          <p key={file} className="text-2">
            <b>{file}</b>: {message}
          </p>
        ))}
      </div>
    </Dialog>
  )
}
