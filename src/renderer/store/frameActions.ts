import type { FrameId, TakeId } from '../../shared/domain/ids.ts'
import type { FramesAdded, FrameView } from '../../shared/domain/referenceFrame.ts'
import { ask, drop } from '../ipc/client.ts'
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
  const answers = await Promise.all(inParts(files).map(drop))
  const failed = answers.find(({ ok }) => !ok)
  if (failed?.ok === false) {
    notifyFailure('The files were not read.', failed.error.message)
    return { frames: [], hasFolder: false }
  }
  const dropped = answers.flatMap((answer) => (answer.ok ? answer.data : []))
  const pictures = dropped.filter(({ kind }) => kind === 'image' || kind === 'folder')
  void importFiles(dropped.filter(({ kind }) => kind === 'batchFile'))
  const other = dropped.find(({ kind }) => kind === 'other')
  if (other !== undefined) {
    notifyFailure(`${other.name}:`, 'this is neither a picture nor a batch file.')
  }
  const hasFolder = pictures.some(({ kind }) => kind === 'folder')
  const frames: FrameView[] = []
  for (const part of inParts(pictures.map(({ dropId }) => dropId))) {
    const added = await act('The pictures were not added.', 'frames.addDropped', { dropIds: part })
    if (!added.ok) break
    frames.push(...told(added.data))
  }
  const pathless = files.filter((file) => !dropped.some(({ name }) => name === file.name))
  return { frames: [...frames, ...(await takePathless(pathless))], hasFolder }
}

/** Out of another program, such as a browser: there is no file of it here, only what it holds. */
async function takePathless(files: readonly File[]): Promise<readonly FrameView[]> {
  const frames: FrameView[] = []
  for (const file of files) {
    if (file.type.startsWith('image/')) frames.push(...(await addPastedFrame(file)))
    else notifyFailure(`${file.name}:`, 'this is no file on this computer. Save it first.')
  }
  return frames
}

export async function addFrameFromTake(
  takeId: TakeId,
  at: 'first' | 'last' | { readonly seconds: number },
): Promise<FrameView | null> {
  const answer = await act('The frame was not lifted.', 'frames.addFromTake', { takeId, at })
  return answer.ok ? (told(answer.data)[0] ?? null) : null
}

export async function removeFrames(ids: readonly FrameId[]): Promise<void> {
  for (const part of inParts(ids)) {
    const answer = await act('Not all of them were removed.', 'frames.remove', { ids: part })
    if (!answer.ok) return
  }
  notify({
    text: `${plural(ids.length, 'frame')} removed. Drafts and jobs that use them keep them.`,
    action: { label: 'Undo', run: () => void restoreFrames(ids) },
  })
}

async function restoreFrames(ids: readonly FrameId[]): Promise<void> {
  for (const part of inParts(ids)) {
    const answer = await act('Not all of them were brought back.', 'frames.restore', { ids: part })
    if (!answer.ok) return
  }
}

/** The frames themselves, also those that no wall has read; those that could not be read are left out. */
export async function readFrames(ids: readonly FrameId[]): Promise<readonly FrameView[]> {
  const answers = await Promise.all(inParts(ids).map((part) => ask('frames.get', { ids: part })))
  return answers.flatMap((answer) => (answer.ok ? answer.data : []))
}

/** What one request may name. */
const MOST = 2000

const inParts = <T>(ids: readonly T[]): T[][] =>
  Array.from({ length: Math.ceil(ids.length / MOST) }, (_, at) =>
    ids.slice(at * MOST, (at + 1) * MOST),
  )

export interface TagWish {
  readonly add: readonly string[]
  readonly remove: readonly string[]
}

/** Puts tags on several frames, or takes them off; each can be taken back as it was. */
export async function tagFrames(frames: readonly FrameView[], wish: TagWish): Promise<void> {
  const ids = frames.map(({ id }) => id)
  if (ids.length === 0) return
  const change = { add: [...wish.add], remove: [...wish.remove] }
  for (const part of inParts(ids)) {
    const answer = await act('The tags were not changed.', 'frames.tag', { ids: part, ...change })
    if (!answer.ok) return
  }
  const words = [...wish.add, ...wish.remove].map((tag) => `“${tag}”`).join(', ')
  const did = wish.add.length > 0 ? 'on' : 'off'
  notify({
    text: `${words} ${did} ${plural(ids.length, 'frame')}.`,
    action: { label: 'Undo', run: () => void takeBackTags(frames, wish) },
  })
}

/** Each tag again where it was before, and nowhere else. */
async function takeBackTags(before: readonly FrameView[], { add, remove }: TagWish): Promise<void> {
  for (const tag of add) await retag(before, { tag, had: false })
  for (const tag of remove) await retag(before, { tag, had: true })
}

async function retag(
  before: readonly FrameView[],
  { tag, had }: { readonly tag: string; readonly had: boolean },
): Promise<void> {
  const ids = before.filter(({ tags }) => tags.includes(tag) === had).map(({ id }) => id)
  const change = had ? { add: [tag], remove: [] } : { add: [], remove: [tag] }
  for (const part of inParts(ids)) {
    await act('The tags were not put back.', 'frames.tag', { ids: part, ...change })
  }
}
