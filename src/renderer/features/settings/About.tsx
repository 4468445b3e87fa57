import { act, notify } from '../../store/notify.ts'
import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'
import { UpdateFeed } from './UpdateFeed.tsx'

async function copyReport(): Promise<void> {
  const answer = await act('No report was copied.', 'app.copyReport')
  if (answer.ok)
    notify({ text: `A report of ${answer.data.lines} lines is in the clipboard.`, tone: 'done' })
}

export function About() {
  const info = useStore((store) => store.info)
  const showOverlay = useStore((store) => store.showOverlay)
  return (
    <>
      <div className="setting">
        <div className="setting-words">
          <p>
            Dailies {info?.version}, on Electron {info?.electron}
          </p>
        </div>
      </div>
      <UpdateFeed />
      <div className="setting">
        <div className="setting-words">
          <p>Licences</p>
          <p className="text-2">Dailies is MIT; the work of others inside it has its own.</p>
        </div>
        <Button onPress={() => showOverlay('licences')}>Show</Button>
      </div>
      <div className="setting">
        <div className="setting-words">
          <p>Logs</p>
          <p className="text-2 selectable setting-path">{info?.logsDir}</p>
          <p className="text-3">
            They hold no keys. A report is versions, states and the last lines of the log, without
            keys and the name of your account: read it, then paste it where you ask for help.
          </p>
        </div>
        <Button
          onPress={() =>
            void act('The folder was not opened.', 'app.openFolder', { folder: 'logs' })
          }
        >
          Open
        </Button>
        <Button onPress={() => void copyReport()}>Copy a report</Button>
      </div>
    </>
  )
}
