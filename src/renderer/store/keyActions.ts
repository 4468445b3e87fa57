import type { CredentialId, ProviderId } from '../../shared/domain/ids.ts'
import type { KeyTest } from '../../shared/domain/providerKey.ts'
import type { IpcError } from '../../shared/ipc/ipcError.ts'
import type { InputOf } from '../../shared/ipc/routes.ts'
import { ask } from '../ipc/client.ts'
import { formatMoney } from '../../shared/domain/moneyText.ts'
import type { Tone } from '../ui/StatusMark.tsx'
import { act, notify } from './notify.ts'

interface KeyName {
  readonly provider: ProviderId
  readonly id: CredentialId
}

/** Saves a key and tests it by a call that costs nothing. Gives why it was not saved; null when it was. */
export async function addKey(
  wish: InputOf<'keys.add'>,
  providerName: string,
): Promise<IpcError | null> {
  const added = await ask('keys.add', wish)
  if (!added.ok) return added.error
  void testKey({ provider: wish.provider, id: added.data.id }, `${providerName} “${wish.name}”`)
  return null
}

/** Says what came of it; the settings show it beside the key, too. */
export async function testKey(key: KeyName, what: string): Promise<void> {
  const answer = await act(`The key of ${what} was not tested.`, 'keys.test', key)
  if (!answer.ok) return
  const { tone, text } = testWords(answer.data)
  notify({ text: `${what}: ${text}`, tone })
}

const TONES: Readonly<Record<KeyTest['kind'], Tone>> = {
  valid: 'done',
  notNeeded: 'done',
  refused: 'fail',
  unreachable: 'ask',
}

/** `The key works, balance $12.30`. */
export function testWords({ kind, message, balance }: KeyTest): {
  readonly tone: Tone
  readonly text: string
} {
  const said = message.replace(/\.$/, '')
  const words = balance === null ? said : `${said}, balance ${formatMoney(balance)}`
  return { tone: TONES[kind], text: `${words}.` }
}
