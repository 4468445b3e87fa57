import { act } from '../../../store/notify.ts'
import { useStore } from '../../../store/store.ts'
import { Button } from '../../../ui/Button.tsx'

/** Certificates of a network or server of one's own, for every call and download: by the system's dialog alone. */
export function Certificates() {
  const path = useStore((store) => store.settings?.network.caFile ?? null)
  const settingsArrived = useStore((store) => store.settingsArrived)
  const change = async (
    route: 'settings.chooseCertificates' | 'settings.resetCertificates',
  ): Promise<void> => {
    const answer = await act('The certificates were not changed.', route)
    if (answer.ok && answer.data !== null) settingsArrived(answer.data)
  }
  return (
    <div className="setting">
      <div className="setting-words">
        <p>Certificates of your own</p>
        <p className="text-2 selectable setting-path">
          {path ?? 'None: what this system’s programs trust by themselves.'}
        </p>
        <p className="text-3">
          A PEM file of authorities that are trusted besides, for a proxy or a server of your own.
        </p>
      </div>
      <Button
        label="Choose…: Certificates of your own"
        onPress={() => void change('settings.chooseCertificates')}
      >
        Choose…
      </Button>
      {path !== null && (
        <Button variant="quiet" onPress={() => void change('settings.resetCertificates')}>
          Take back
        </Button>
      )}
    </div>
  )
}
