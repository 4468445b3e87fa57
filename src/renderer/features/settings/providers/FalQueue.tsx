import type { ProviderDetails } from '../../../../shared/domain/providerKey.ts'
import { Select, type Choice } from '../../../ui/Select.tsx'
import { Switch } from '../../../ui/Switch.tsx'
import { setOwnOption } from './ownOption.ts'

/** What fal's queue does with a request of ours; each is a header of the create. */
export function FalQueue({ provider }: { readonly provider: ProviderDetails }) {
  const { noRetry, startTimeoutSeconds, keepSeconds } = provider.settings.options
  return (
    <div className="provider-part">
      <h3>fal’s queue</h3>
      <div className="provider-limits">
        <Select
          label="Longest wait for a start"
          value={idOf(startTimeoutSeconds, 7_200)}
          choices={WAITS}
          onChange={(id) => setOwnOption(provider, 'startTimeoutSeconds', secondsOf(id, 7_200))}
        />
        <Select
          label="fal keeps the clip for"
          value={idOf(keepSeconds, 604_800)}
          choices={KEEPS}
          onChange={(id) => setOwnOption(provider, 'keepSeconds', secondsOf(id, 604_800))}
        />
      </div>
      <Switch
        isOn={noRetry === false}
        onChange={(isOn) => setOwnOption(provider, 'noRetry', isOn ? false : undefined)}
      >
        fal may run a request again by itself when a machine of its own fails
      </Switch>
    </div>
  )
}

/** In seconds; `none` is sent as no header. */
const WAITS: readonly Choice<string>[] = [
  { id: '600', label: '10 minutes' },
  { id: '3600', label: '1 hour' },
  { id: '7200', label: '2 hours', note: 'usual' },
  { id: '43200', label: '12 hours' },
  { id: 'none', label: 'No limit' },
]
const KEEPS: readonly Choice<string>[] = [
  { id: '86400', label: '1 day' },
  { id: '604800', label: '1 week', note: 'usual; outlives a long sleep' },
  { id: '2592000', label: '30 days' },
  { id: 'none', label: 'As the account has it' },
]

function idOf(value: unknown, usual: number): string {
  if (value === null) return 'none'
  return String(typeof value === 'number' ? value : usual)
}

function secondsOf(id: string, usual: number): number | null | undefined {
  if (id === 'none') return null
  return Number(id) === usual ? undefined : Number(id)
}
