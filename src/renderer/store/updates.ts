import { act, notify } from './notify.ts'
import { useStore } from './store.ts'

/** Asks the update feed, where one is set, and says what it answered. */
export async function askForUpdate(): Promise<void> {
  const answer = await act('No newer version was asked for.', 'app.askForUpdate')
  if (!answer.ok) return
  if (answer.data === null) {
    notify({ text: 'No update feed is set. Its address goes into Settings, About.', tone: 'ask' })
    return
  }
  const { version, isNewer } = answer.data
  const ours = useStore.getState().info?.version ?? ''
  notify(
    isNewer
      ? {
          text: `Dailies ${version} is out; this is ${ours}. Get it where you got this.`,
          tone: 'ask',
        }
      : { text: `This is the newest version, ${ours}.`, tone: 'done' },
  )
}
