import { safeStorage } from 'electron'
import type { Keyring } from './keys/keyring.ts'

/* oxlint-disable typescript/no-deprecated -- Electron 33 has no other way; the newest still has this one */

/**
 * The system's keyring: Keychain, DPAPI, or a secret service on Linux. Without one, Chromium would
 * hide keys behind a password that everybody knows: that counts as none. Asked only after `ready`.
 */
export const systemKeyring: Keyring = Object.freeze({
  lack: () => {
    if (safeStorage.isEncryptionAvailable() && !isPretence()) return null
    if (process.platform === 'linux')
      return 'No keyring was found on this desktop (GNOME Keyring or KWallet).'
    return 'The system’s keyring cannot be used by this login.'
  },
  encrypt: (text: string) => safeStorage.encryptString(text),
  decrypt: (bytes: Buffer) => safeStorage.decryptString(bytes),
})

const isPretence = (): boolean =>
  process.platform === 'linux' &&
  ['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend())
