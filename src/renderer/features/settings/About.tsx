import { act } from '../../store/notify.ts'
import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'

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
          <p className="text-2">
            Nothing leaves this machine but what you run: a prompt, its settings and its frames go
            to the provider of the row, and nowhere else. No usage is reported.
          </p>
        </div>
      </div>
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
          <p className="text-3">They hold no keys.</p>
        </div>
        <Button
          onPress={() =>
            void act('The folder was not opened.', 'app.openFolder', { folder: 'logs' })
          }
        >
          Open
        </Button>
      </div>
    </>
  )
}
