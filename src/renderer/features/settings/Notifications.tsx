import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'
import { Switch } from '../../ui/Switch.tsx'

export function Notifications() {
  const settings = useStore((store) => store.settings)
  const changeSettings = useStore((store) => store.changeSettings)
  const showOverlay = useStore((store) => store.showOverlay)
  if (settings === null) return null
  const { notifications, keepAwake, closeToTray, pauseOnBattery, taskbarProgress } = settings
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
      <Switch
        isOn={pauseOnBattery}
        onChange={(isOn) => void changeSettings({ pauseOnBattery: isOn })}
      >
        Send nothing new while the machine runs on its battery
      </Switch>
      <Switch
        isOn={taskbarProgress}
        onChange={(isOn) => void changeSettings({ taskbarProgress: isOn })}
      >
        Show progress, and how much needs me, on the app’s icon
      </Switch>
      <Switch isOn={closeToTray} onChange={(isOn) => void changeSettings({ closeToTray: isOn })}>
        Go on in the tray when the window is closed
      </Switch>
      <p className="text-2">
        Hours, budget and what happens when a night is done are in the{' '}
        <Button variant="link" onPress={() => showOverlay('nights')}>
          night plan
        </Button>
        .
      </p>
    </div>
  )
}
