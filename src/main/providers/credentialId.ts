import { createHash } from 'node:crypto'
import type { CredentialId } from '../../shared/domain/ids.ts'

/**
 * A key is named by a digest of itself, wherever it comes from: another key may be another account,
 * where nothing of the first one's may be sent again (money rule 4), and the same key is the same one.
 */
export const credentialOf = (apiKey: string): CredentialId =>
  `key-${createHash('sha256').update(apiKey).digest('hex').slice(0, 8)}`
