import { folderPath, type InFolder, type PromptView } from '../../../shared/domain/prompt.ts'
import { act, notify } from '../../store/notify.ts'
import { plural } from '../../ui/format.ts'

/** What one request may name. */
const MOST = 2000

/** Each entry where it lay before. */
async function putBack(before: readonly InFolder[]): Promise<void> {
  for (const { folder, ids } of before) {
    for (let at = 0; at < ids.length; at += MOST) {
      const some = ids.slice(at, at + MOST)
      await act('Not all of it was put back.', 'prompts.move', { ids: some, folder })
    }
  }
}

function tell(text: string, before: readonly InFolder[]): void {
  notify({ text, action: { label: 'Undo', run: () => void putBack(before) } })
}

export async function moveInto({ id, name }: PromptView, text: string): Promise<void> {
  const folder = folderPath(text)
  const answer = await act('The entry was not moved.', 'prompts.move', { ids: [id], folder })
  if (!answer.ok) return
  tell(folder === '' ? `“${name}” lies in no folder.` : `“${name}” is in ${folder}.`, answer.data)
}

/** False: it kept its name. */
export async function renameFolder(from: string, text: string): Promise<boolean> {
  const to = folderPath(text)
  const answer = await act('The folder kept its name.', 'prompts.moveFolder', { from, to })
  if (answer.ok) tell(`The folder is called ${to}.`, answer.data)
  return answer.ok
}

/** What is in it moves one folder up. */
export async function removeFolder(from: string): Promise<void> {
  const to = from.split('/').slice(0, -1).join('/')
  const answer = await act('The folder was not taken away.', 'prompts.moveFolder', { from, to })
  if (!answer.ok) return
  const entries = answer.data.reduce((sum, { ids }) => sum + ids.length, 0)
  const where = to === '' ? 'in no folder' : `in ${to}`
  tell(`${from} is gone; ${plural(entries, 'entry', 'entries')} now ${where}.`, answer.data)
}
