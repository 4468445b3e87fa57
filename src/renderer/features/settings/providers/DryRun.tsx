import type { ProviderDetails } from '../../../../shared/domain/providerKey.ts'
import { Switch } from '../../../ui/Switch.tsx'
import { setOwnOption } from './ownOption.ts'

/** Price questions that a server could take for an order: only where the person allows them. */
export function DryRun({ provider }: { readonly provider: ProviderDetails }) {
  return (
    <div className="provider-part">
      <h3>Price questions</h3>
      <Switch
        isOn={provider.settings.options['dryRun'] === true}
        onChange={(isOn) => setOwnOption(provider, 'dryRun', isOn ? true : undefined)}
      >
        Let “Ask {provider.name}” ask for prices before a run, by its dry run
      </Switch>
      <p className="text-2">
        A dry run has the form of an order that is not carried out. It is asked at Lumenfall’s own
        address alone, and written down first. Should it be taken for an order after all, the clip
        is on the books and fetched, and this is switched off.
      </p>
    </div>
  )
}
