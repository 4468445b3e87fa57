import type { ProviderDetails } from '../../../../shared/domain/providerKey.ts'
import { Select, type Choice } from '../../../ui/Select.tsx'
import { setOwnOption } from './ownOption.ts'

/** How servers of OpenAI's format differ: a kind, and what is otherwise than usual for it. */
export function ServerKind({ provider }: { readonly provider: ProviderDetails }) {
  const { options } = provider.settings
  return (
    <div className="provider-part">
      <h3>Kind of server</h3>
      <div className="provider-limits">
        {FIELDS.map(({ name, label, choices }) => (
          <Select
            key={name}
            label={label}
            value={valueOf(options[name], choices)}
            choices={choices}
            onChange={(value) => setOwnOption(provider, name, value === USUAL ? undefined : value)}
          />
        ))}
      </div>
    </div>
  )
}

/** Not set: as the kind of server has it. */
const USUAL = 'usual'

interface Field {
  readonly name: string
  readonly label: string
  readonly choices: readonly Choice<string>[]
}

const usual: Choice<string> = { id: USUAL, label: 'As usual for it' }

const FIELDS: readonly Field[] = [
  {
    name: 'preset',
    label: 'Server',
    choices: [
      { id: USUAL, label: 'OpenAI’s format', note: 'also gateways that keep to it' },
      { id: 'vllm-omni', label: 'vLLM-Omni', note: 'forms; renders can be cancelled' },
      { id: 'sglang', label: 'SGLang', note: 'whole seconds; links as text' },
      { id: 'litellm', label: 'LiteLLM', note: 'forms when a frame goes along' },
    ],
  },
  {
    name: 'encoding',
    label: 'Requests as',
    choices: [
      usual,
      { id: 'json', label: 'JSON' },
      { id: 'multipart', label: 'Forms' },
      { id: 'auto', label: 'Forms with a frame, else JSON' },
    ],
  },
  {
    name: 'seconds',
    label: 'Seconds',
    choices: [
      usual,
      { id: 'asGiven', label: 'As the model has them' },
      { id: 'integer', label: 'As whole numbers' },
    ],
  },
  {
    name: 'cancel',
    label: 'Cancelling',
    choices: [
      usual,
      { id: 'delete', label: 'DELETE stops a render' },
      { id: 'none', label: 'Not possible' },
    ],
  },
]

const valueOf = (set: unknown, choices: readonly Choice<string>[]): string =>
  choices.find(({ id }) => id === set)?.id ?? USUAL
