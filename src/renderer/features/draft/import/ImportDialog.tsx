import { useEffect } from 'react'

import { useBlocked } from '../../../hooks/useBlocked.ts'
import { bringImport, closeImport, useImport, type Importing } from '../../../store/importStore.ts'
import { Button } from '../../../ui/Button.tsx'
import { Dialog } from '../../../ui/Dialog.tsx'
import { formatCount, plural } from '../../../ui/format.ts'
import { ProgressBar } from '../../../ui/ProgressBar.tsx'
import { StatusMark } from '../../../ui/StatusMark.tsx'
import { focusGrid } from '../gridView.ts'
import { ColumnMapping } from './ColumnMapping.tsx'
import { FileProblems } from './FileProblems.tsx'
import './import.css'
import { ReadingFields } from './ReadingFields.tsx'
import { targetReasons } from './targets.ts'

/** A batch file before it comes in: how it is read, what its columns are for, what is wrong with it. */
export function ImportDialog() {
  const { importing, imported } = useImport()
  const isOpen = importing !== null || imported !== null
  // The rows that had the keys before it may be gone with their draft.
  useEffect(() => {
    if (!isOpen && document.activeElement === document.body) focusGrid()
  }, [isOpen])
  if (imported !== null) {
    const { rows, draftName, problems } = imported
    return (
      <Dialog
        title={`${plural(rows, 'row')} in “${draftName}”`}
        size="medium"
        isOpen
        onClose={closeImport}
        footer={
          <Button variant="solid" onPress={closeImport} autoFocus>
            Go on in the draft
          </Button>
        }
      >
        <FileProblems problems={problems} count={problems.length} />
      </Dialog>
    )
  }
  return importing === null ? null : <OpenImport importing={importing} />
}

function OpenImport({ importing }: { readonly importing: Importing }) {
  const { preview, targets, isBusy, error, file } = importing
  const blocked = useBlocked()
  const columns = preview?.columns ?? []
  const nothing = preview?.rowCount === 0 ? [{ text: 'Nothing in the file can be read yet.' }] : []
  const unread = preview === null ? [{ text: error ?? 'The file is being read.' }] : nothing
  const why = [...blocked, ...unread, ...targetReasons(columns, targets)]
  return (
    <Dialog
      title={`Import ${file.name}`}
      size="large"
      isOpen
      onClose={closeImport}
      footer={
        <>
          <ImportFoot importing={importing} />
          <Button onPress={closeImport}>{isBusy ? 'Stop' : 'Not now'}</Button>
          <Button
            key={preview === null ? 'reading' : 'read'}
            variant="solid"
            why={isBusy ? [] : why}
            isPending={isBusy}
            onPress={() => void bringImport()}
            autoFocus
          >
            {preview === null || preview.rowCount === 0
              ? 'Import'
              : `Import ${plural(preview.rowCount, 'row')}`}
          </Button>
        </>
      }
    >
      {error !== null && (
        <p className="import-error" role="alert">
          <StatusMark tone="fail" /> {error}
        </p>
      )}
      {preview === null ? (
        <div className="import-reading" aria-busy={isBusy}>
          {isBusy && <Reading name={file.name} />}
        </div>
      ) : (
        <>
          <ReadingFields importing={importing} preview={preview} />
          <FileProblems problems={preview.problems} count={preview.problemCount} />
          {columns.length > 0 && <ColumnMapping preview={preview} targets={targets} />}
        </>
      )}
    </Dialog>
  )
}

function Reading({ name }: { readonly name: string }) {
  return (
    <>
      <p className="text-2">Reading {name}. A workbook of many cells takes a few seconds.</p>
      <ProgressBar label={`Reading ${name}`} value={null} width={240} />
    </>
  )
}

/** How far it is while it comes in; else what comes in. */
function ImportFoot({ importing }: { readonly importing: Importing }) {
  const { preview, isBusy, progress, error } = importing
  if (preview === null || !isBusy) {
    return <span className="text-2 grow">{error === null ? countWords(importing) : ''}</span>
  }
  const words =
    progress === null
      ? 'Reading the file…'
      : `${formatCount(progress.done)} of ${plural(progress.total, NOUNS[progress.what])}`
  const value = progress === null ? null : progress.done / Math.max(1, progress.total)
  return (
    <output className="import-foot grow">
      <ProgressBar label="Import" value={value} width={160} />
      <span className="text-2">{words}</span>
    </output>
  )
}

const NOUNS = { rows: 'row', pictures: 'picture' } as const

function countWords({ preview, targets }: Importing): string {
  if (preview === null || preview.columns.length === 0) return ''
  const used = targets.filter((target) => target !== null).length
  const columns = plural(preview.columns.length, 'column')
  return used === preview.columns.length ? columns : `${used} of ${columns}`
}
