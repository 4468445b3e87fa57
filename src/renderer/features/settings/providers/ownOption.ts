import type { ProviderDetails } from '../../../../shared/domain/providerKey.ts'
import type { InputOf } from '../../../../shared/ipc/routes.ts'
import { act } from '../../../store/notify.ts'

type Options = InputOf<'providers.setOptions'>['options']

/** Keeps one of a provider's own settings; undefined: as usual. */
export function setOwnOption(
  { id, settings }: ProviderDetails,
  name: string,
  value: Options[string] | undefined,
): void {
  const { [name]: _old, ...others } = settings.options
  const options: Options = value === undefined ? others : { ...others, [name]: value }
  void act('The setting was not changed.', 'providers.setOptions', { provider: id, options })
}
