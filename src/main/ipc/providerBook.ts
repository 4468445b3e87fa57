import type { CredentialId, ProviderId } from '../../shared/domain/ids.ts'
import type { ProviderOption } from '../../shared/domain/modelOption.ts'
import type { KeyTest, ProviderDesk } from '../../shared/domain/providerKey.ts'
import type { Result } from '../../shared/domain/result.ts'

/** Providers as the settings show them, and the free question whether a key works. */
export interface ProviderBook {
  desk(): ProviderDesk
  options(): readonly ProviderOption[]
  /** Asks the provider by a call that costs nothing. Resolves also when it cannot be reached. */
  testKey(
    provider: ProviderId,
    credential: CredentialId,
  ): Promise<Result<KeyTest, { readonly code: string; readonly message: string }>>
}
