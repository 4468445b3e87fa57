/** What encrypts keys for one login of one machine; `secrets.ts` has the system's. */
export interface Keyring {
  /** In words, why nothing can be encrypted here; null when it can. */
  lack(): string | null
  encrypt(text: string): Buffer
  /** Throws where it was encrypted for another login, or the person refused. */
  decrypt(bytes: Buffer): string
}
