import type { NightPlan } from '../../../shared/domain/nightPlan.ts'
import type { NightWindow } from '../../../shared/schedule/nightWindow.ts'
import { systemZone } from '../../../shared/schedule/localTime.ts'
import { momentWords } from '../../../shared/schedule/windowWords.ts'
import { useNow } from '../../hooks/useNow.ts'
import { useStore } from '../../store/store.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Dialog.tsx'
import { formatDuration, plural } from '../../ui/format.ts'
import { Switch } from '../../ui/Switch.tsx'
import { NightRules } from './NightRules.tsx'
import './nights.css'
import { openHours, PRESETS } from './weekHours.ts'
import { WeekGrid } from './WeekGrid.tsx'
import { WhenDone } from './WhenDone.tsx'

/** When work for the night is sent, what it may spend, and what happens when it is done. */
export function NightsDialog() {
  const isOpen = useStore((store) => store.overlay === 'nights')
  const settings = useStore((store) => store.settings)
  const showOverlay = useStore((store) => store.showOverlay)
  const settingsArrived = useStore((store) => store.settingsArrived)
  const changeSettings = useStore((store) => store.changeSettings)
  if (!isOpen || settings === null) return null
  const plan = settings.nights
  const change = (part: Partial<NightPlan>): void => {
    const nights = { ...plan, ...part }
    // At once: the next key goes on from here, before main has answered.
    settingsArrived({ ...settings, nights })
    void changeSettings({ nights })
  }
  const close = (): void => showOverlay('none')
  return (
    <Dialog
      title="Night plan"
      size="large"
      isOpen
      onClose={close}
      footer={
        <>
          <span className="text-2 grow">
            <PlanWords plan={plan} />
          </span>
          <Button variant="solid" onPress={close}>
            Done
          </Button>
        </>
      }
    >
      <div className="nights">
        <div className="nights-head">
          <Switch isOn={plan.isOn} onChange={(isOn) => change({ isOn })}>
            Send what is run “tonight” in these hours only
          </Switch>
          <span className="grow" />
          {PRESETS.map(({ label, days }) => (
            <Button
              key={label}
              variant="quiet"
              onPress={() => change({ days: [...days], isOn: true })}
            >
              {label}
            </Button>
          ))}
        </div>
        <WeekGrid
          days={plan.days}
          isOff={!plan.isOn}
          onChange={(days) => change({ days, isOn: true })}
        />
        <div className="nights-parts">
          <NightRules plan={plan} change={change} />
          <WhenDone />
        </div>
      </div>
    </Dialog>
  )
}

function PlanWords({ plan }: { readonly plan: NightPlan }) {
  const window = useStore((store) => store.tonight?.window)
  const now = useNow()
  if (!plan.isOn) return 'No windows: what is run “tonight” starts at once.'
  const week = `Open ${plural(openHours(plan.days), 'hour')} a week.`
  return `${week} ${window === undefined ? '' : stateWords(window, now)}`
}

function stateWords(window: NightWindow, now: number): string {
  const timeZone = systemZone()
  const moment = (at: number): string => momentWords({ at, now, timeZone })
  switch (window.kind) {
    case 'always':
      return ''
    case 'open':
      return window.until === null ? 'Open now.' : `Open now, until ${moment(window.until)}.`
    case 'closing':
      return `Sends nothing more; closes ${moment(window.closesAt)}.`
    case 'closed':
      return window.opensAt === null
        ? 'It never opens.'
        : `Opens ${moment(window.opensAt)}, in ${formatDuration(window.opensAt - now)}.`
  }
}
