import type { FrameId, TakeId } from '../../shared/domain/ids.ts'
import type { FramesAdded, FrameView } from '../../shared/domain/referenceFrame.ts'
import { drop } from '../ipc/client.ts'
import { plural } from '../ui/format.ts'
import { importFiles } from './importStore.ts'
import { act, notify, notifyFailure } from './notify.ts'

/** Says what came in and what did not. */
function told(added: FramesAdded): readonly FrameView[] {
  const [refused] = added.refused
  if (refused !== undefined) {
    const others = added.refused.length === 1 ? '' : ` And ${added.refused.length - 1} more.`
    notifyFailure(`${refused.name}:`, `${refused.message}${others}`)
  }
  return added.frames
}

export async function addFramesFromDialog(): Promise<readonly FrameView[]> {
  const answer = await act('No frame was added.', 'frames.addFromDialog')
  if (!answer.ok) return []
  const frames = told(answer.data)
  if (frames.length > 0) notify({ text: `${plural(frames.length, 'frame')} added.`, tone: 'done' })
  return frames
}

/** A folder of pictures; the folders in it stay out. */
export async function chooseFrameFolder(): Promise<readonly FrameView[]> {
  const answer = await act('No frame was added.', 'frames.addFolder')
  return answer.ok ? told(answer.data) : []
}

export async function addFrameFolder(): Promise<void> {
  const frames = await chooseFrameFolder()
  if (frames.length > 0) notify({ text: `${plural(frames.length, 'frame')} added.`, tone: 'done' })
}

/** A picture out of a paste event. */
export async function addPastedFrame(file: File): Promise<readonly FrameView[]> {
  const bytes = new Uint8Array(await file.arrayBuffer())
  const name = file.name === '' ? 'Pasted picture' : file.name
  const answer = await act('The picture was not added.', 'frames.addPasted', { name, bytes })
  return answer.ok ? told(answer.data) : []
}

/** What a drop brought into the library. */
export interface Dropped {
  readonly frames: readonly FrameView[]
  /** Some of them came as a folder. */
  readonly hasFolder: boolean
}

/**
 * Files from the system, dropped on the window: pictures and folders of them become frames, a batch
 * file is shown for import.
 */
export async function takeDropped(files: readonly File[]): Promise<Dropped> {
  const answer = await drop(files)
  if (!answer.ok) {
    notifyFailure('The files were not read.', answer.error.message)
    return { frames: [], hasFolder: false }
  }
  const pictures = answer.data.filter(({ kind }) => kind === 'image' || kind === 'folder')
  void importFiles(answer.data.filter(({ kind }) => kind === 'batchFile'))
  const other = answer.data.find(({ kind }) => kind === 'other')
  if (other !== undefined) {
    notifyFailure(`${other.name}:`, 'this is neither a picture nor a batch file.')
  }
  const hasFolder = pictures.some(({ kind }) => kind === 'folder')
  if (pictures.length === 0) return { frames: [], hasFolder }
  const added = await act('The pictures were not added.', 'frames.addDropped', {
    dropIds: pictures.map(({ dropId }) => dropId),
  })
  return { frames: added.ok ? told(added.data) : [], hasFolder }
}

export async function addFrameFromTake(
  takeId: TakeId,
  at: 'first' | 'last' | { readonly seconds: number },
): Promise<FrameView | null> {
  const answer = await act('The frame was not lifted.', 'frames.addFromTake', { takeId, at })
  return answer.ok ? (told(answer.data)[0] ?? null) : null
}

export async function removeFrames(ids: readonly FrameId[]): Promise<void> {
  const answer = await act('Nothing was removed.', 'frames.remove', { ids: [...ids] })
  if (!answer.ok) return
  notify({
    text: `${plural(ids.length, 'frame')} removed. Drafts and jobs that use them keep them.`,
    action: {
      label: 'Undo',
      run: () => void act('Nothing was brought back.', 'frames.restore', { ids: [...ids] }),
    },
  })
}
