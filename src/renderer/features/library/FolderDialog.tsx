import { useState } from 'react'

import { folderPath, type PromptPlaces } from '../../../shared/domain/prompt.ts'
import { Button } from '../../ui/Button.tsx'
import { Chip } from '../../ui/Chip.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { moveInto, renameFolder } from './folderActions.ts'
import { byFolder } from './folderOrder.ts'
import type { FolderWish } from './useLibraryCommands.ts'

interface FolderDialogProps {
  readonly wish: FolderWish
  readonly places: PromptPlaces | null
  readonly close: () => void
  /** A folder has another name now. */
  readonly renamed: (to: string) => void
}

/** More would be a list to read; typing finds the others. */
const OFFERED = 12

/** Where an entry goes, or what a folder is called; a path that is not there yet makes the folder. */
export function FolderDialog({ wish, places, close, renamed }: FolderDialogProps) {
  const isMove = wish.kind === 'move'
  const [text, setText] = useState(isMove ? wish.prompt.folder : wish.folder)
  const path = folderPath(text)
  const keep = async (to: string): Promise<void> => {
    close()
    if (isMove) await moveInto(wish.prompt, to)
    else if (path !== wish.folder && (await renameFolder(wish.folder, to))) renamed(path)
  }
  const why = !isMove && path === '' ? [{ text: 'A folder needs a name.' }] : []
  const start = isMove && path === wish.prompt.folder ? '' : path.toLowerCase()
  const offered = isMove
    ? (places?.folders ?? [])
        .filter(({ folder }) => folder.toLowerCase().includes(start))
        .toSorted((a, b) => byFolder(a.folder, b.folder))
    : []
  return (
    <Dialog
      title={isMove ? `Move “${wish.prompt.name}”` : 'Rename the folder'}
      isOpen
      onClose={close}
      footer={
        <Button variant="solid" why={why} onPress={() => void keep(text)}>
          {isMove ? 'Move' : 'Rename'}
        </Button>
      }
    >
      <TextField
        label="Folder"
        description={
          isMove
            ? 'A new name makes a new folder; / goes into one. Empty: in no folder.'
            : '/ puts it into another folder. All that is in it comes along.'
        }
        value={text}
        placeholder="shots/night"
        onChange={setText}
        onEnter={() => (why.length === 0 ? void keep(text) : undefined)}
        autoFocus
      />
      {offered.length > 0 && (
        <div className="folder-chips">
          {offered.slice(0, OFFERED).map(({ folder }) => (
            <Chip key={folder} isOn={folder === path} onChange={() => void keep(folder)}>
              {folder}
            </Chip>
          ))}
        </div>
      )}
    </Dialog>
  )
}
