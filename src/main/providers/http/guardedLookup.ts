import { NOTFOUND, lookup as systemLookup, type LookupAddress } from 'node:dns'
import type { LookupFunction } from 'node:net'
import { isPrivateAddress } from './addresses.ts'

/** `publicOnly`: links that a provider answered. `privateOnly`: plain http, where the key would be seen. */
export type LookupGuard = 'publicOnly' | 'privateOnly'

/** Resolves all addresses of a name; the system's own unless a test gives another. */
export type Resolve = (
  hostname: string,
  done: (error: NodeJS.ErrnoException | null, addresses: readonly LookupAddress[]) => void,
) => void

export const resolveBySystem: Resolve = (hostname, done) => {
  // With an error there are no addresses at all, whatever the types of Node say.
  systemLookup(hostname, { all: true }, (error, addresses) => done(error, error ? [] : addresses))
}

/** Code of the error when a name resolves to an address that the guard does not let through. */
export const ADDRESS_REFUSED = 'ERR_ADDRESS_REFUSED'

/**
 * A `lookup` for sockets: one address out of bounds refuses the name; null lets all through. It runs
 * at connect time, so that a name cannot pass a check first and resolve elsewhere after. Literal
 * addresses never come here.
 */
export function guardedLookup(guard: LookupGuard | null, resolve: Resolve): LookupFunction {
  return (hostname, options, callback) => {
    resolve(hostname, (error, addresses) => {
      const wrong = guard !== null && addresses.some(({ address }) => isOut(address, guard))
      const [first] = addresses
      if (error !== null || wrong || first === undefined) {
        callback(error ?? (wrong ? refusal(hostname, guard) : noAddress(hostname)), [])
      } else if (options.all === true) {
        callback(null, [...addresses])
      } else {
        callback(null, first.address, first.family)
      }
    })
  }
}

const isOut = (address: string, guard: LookupGuard): boolean =>
  isPrivateAddress(address) !== (guard === 'privateOnly')

/** As a system says it that answers at once, with nothing. */
const noAddress = (hostname: string): NodeJS.ErrnoException =>
  Object.assign(new Error(`${hostname} has no address`), { code: NOTFOUND })

function refusal(hostname: string, guard: LookupGuard | null): NodeJS.ErrnoException {
  const what = guard === 'publicOnly' ? 'a private address' : 'a public address'
  return Object.assign(new Error(`${hostname} resolves to ${what}`), { code: ADDRESS_REFUSED })
}
