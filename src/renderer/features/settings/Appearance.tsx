import type { Settings } from '../../../shared/domain/settings.ts'
import { useStore } from '../../store/store.ts'
import { Segmented } from '../../ui/Segmented.tsx'
import { Switch } from '../../ui/Switch.tsx'

type Look = Settings['appearance']

const THEMES: readonly { id: Look['theme']; label: string }[] = [
  { id: 'system', label: 'As the system' },
  { id: 'dark', label: 'Dark' },
  { id: 'light', label: 'Light' },
]
const DENSITIES: readonly { id: Look['density']; label: string }[] = [
  { id: 'comfortable', label: 'Comfortable' },
  { id: 'compact', label: 'Compact' },
]

export function Appearance() {
  const appearance = useStore((store) => store.settings?.appearance)
  const changeSettings = useStore((store) => store.changeSettings)
  if (appearance === undefined) return null
  const set = (change: Partial<Look>): void =>
    void changeSettings({ appearance: { ...appearance, ...change } })
  return (
    <>
      <div className="setting">
        <p className="setting-words">Colours</p>
        <Segmented
          label="Colours"
          value={appearance.theme}
          segments={THEMES}
          onChange={(theme) => set({ theme })}
        />
      </div>
      <div className="setting">
        <p className="setting-words">Rows</p>
        <Segmented
          label="Rows"
          value={appearance.density}
          segments={DENSITIES}
          onChange={(density) => set({ density })}
        />
      </div>
      <div className="setting">
        <Switch
          isOn={appearance.reducedMotion === 'always'}
          onChange={(isOn) => set({ reducedMotion: isOn ? 'always' : 'system' })}
        >
          No motion, whatever the system says
        </Switch>
      </div>
    </>
  )
}
