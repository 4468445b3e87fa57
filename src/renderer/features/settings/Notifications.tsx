import { useStore } from '../../store/store.ts'
import { Switch } from '../../ui/Switch.tsx'

export function Notifications() {
  const settings = useStore((store) => store.settings)
  const changeSettings = useStore((store) => store.changeSettings)
  if (settings === null) return null
  const { notifications, keepAwake, closeToTray } = settings
  return (
    <div className="setting setting-column">
      <Switch
        isOn={notifications.batchFinished}
        onChange={(batchFinished) =>
          void changeSettings({ notifications: { ...notifications, batchFinished } })
        }
      >
        Tell me when a batch is finished
      </Switch>
      <Switch
        isOn={notifications.needsYou}
        onChange={(needsYou) =>
          void changeSettings({ notifications: { ...notifications, needsYou } })
        }
      >
        Tell me when a job needs me
      </Switch>
      <Switch isOn={keepAwake} onChange={(isOn) => void changeSettings({ keepAwake: isOn })}>
        Keep the machine awake while work is left, and only then
      </Switch>
      <Switch isOn={closeToTray} onChange={(isOn) => void changeSettings({ closeToTray: isOn })}>
        Go on in the tray when the window is closed
      </Switch>
    </div>
  )
}
