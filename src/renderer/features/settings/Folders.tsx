import { useState } from 'react'

import { fileNameFor, NAMING_TOKENS, type NameParts } from '../../../shared/domain/naming.ts'
import { act } from '../../store/notify.ts'
import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'
import { TextField } from '../../ui/TextField.tsx'

const open = (folder: 'out' | 'exports' | 'data'): void =>
  void act('The folder was not opened.', 'app.openFolder', { folder })

export function Folders() {
  const info = useStore((store) => store.info)
  return (
    <>
      <ChosenFolder
        label="Takes"
        folder="outDir"
        opens="out"
        hint="A change is for takes to come; those that are there stay where they are."
      />
      <ChosenFolder label="Exports" folder="exportDir" opens="exports" />
      <div className="setting">
        <div className="setting-words">
          <p>Database, frames and drafts</p>
          <p className="text-2 selectable setting-path">{info?.dataDir}</p>
        </div>
        <Button label="Open: Database, frames and drafts" onPress={() => open('data')}>
          Open
        </Button>
      </div>
      <Naming />
    </>
  )
}

interface ChosenFolderProps {
  readonly label: string
  readonly folder: 'outDir' | 'exportDir'
  readonly opens: 'out' | 'exports'
  readonly hint?: string
}

/** A folder that a person may choose: by the system's dialog alone, never by a text from the page. */
function ChosenFolder({ label, folder, opens, hint }: ChosenFolderProps) {
  const path = useStore((store) => store.info?.[folder])
  const isOwn = useStore((store) => (store.settings?.folders[folder] ?? null) !== null)
  const settingsArrived = useStore((store) => store.settingsArrived)
  const change = async (route: 'settings.chooseFolder' | 'settings.resetFolder'): Promise<void> => {
    const answer = await act('The folder was not changed.', route, { folder })
    if (answer.ok && answer.data !== null) settingsArrived(answer.data)
  }
  return (
    <div className="setting">
      <div className="setting-words">
        <p>{label}</p>
        <p className="text-2 selectable setting-path">{path}</p>
        {hint !== undefined && <p className="text-3">{hint}</p>}
      </div>
      <Button label={`Open: ${label}`} onPress={() => open(opens)}>
        Open
      </Button>
      <Button label={`Choose…: ${label}`} onPress={() => void change('settings.chooseFolder')}>
        Choose…
      </Button>
      {isOwn && (
        <Button variant="quiet" onPress={() => void change('settings.resetFolder')}>
          Back to the usual one
        </Button>
      )}
    </div>
  )
}

const PARTS = NAMING_TOKENS.map((token) => `{${token}}`)

function Naming() {
  const template = useStore((store) => store.settings?.naming.template ?? '')
  const changeSettings = useStore((store) => store.changeSettings)
  const [text, setText] = useState<string | null>(null)
  const shown = text ?? template
  const error = shown.trim() === '' ? 'A take needs a name: write at least one part.' : undefined
  const keep = (): void => {
    if (text !== null && error === undefined && text.trim() !== template) {
      void changeSettings({ naming: { template: text.trim() } })
    }
    setText(null)
  }
  return (
    <div className="setting">
      <div className="setting-words">
        <TextField
          label="Name of a take’s file"
          value={shown}
          error={error}
          description={`Parts: ${PARTS.join(' ')}. A slash makes a folder. For example: ${fileNameFor(shown, SAMPLE)}.mp4`}
          onChange={setText}
          onLeave={keep}
          onEnter={keep}
        />
      </div>
    </div>
  )
}

const SAMPLE: NameParts = {
  batch: 'Launch week',
  row: 3,
  take: 2,
  takeNo: 0,
  name: 'Baker',
  prompt: 'Portrait of a baker, flour in the light',
  model: 'kling-v3',
  provider: 'fal',
  seed: 90_211,
  at: Date.UTC(2026, 10, 22, 12),
}
