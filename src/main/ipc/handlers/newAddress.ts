import { err, ok, type Result } from '../../../shared/domain/result.ts'
import { ipcError, type IpcError } from '../../../shared/ipc/ipcError.ts'
import type { AppServices } from '../services.ts'

interface AddressWish {
  readonly url: string
  /** The one that is set. */
  readonly old?: string | undefined
  /** What goes there. */
  readonly detail: string
}

/**
 * An address to call, in its plain form. Beyond this machine and its network the person confirms it in
 * the system's own box: a page that was taken over must not send keys to its own server. Null: they did not.
 */
export async function newAddress(
  { checkBaseUrl, isLocalUrl, system }: AppServices,
  { url, old, detail }: AddressWish,
): Promise<Result<string | null, IpcError>> {
  const checked = checkBaseUrl(url)
  if (!checked.ok) return err(ipcError('BAD_INPUT', checked.error.message))
  if (checked.value === old || isLocalUrl(checked.value)) return checked
  const message = `Call ${checked.value}?`
  return ok(
    (await system.confirm({ message, detail, yes: 'Use this address' })) ? checked.value : null,
  )
}
