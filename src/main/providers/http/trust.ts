import { readFile } from 'node:fs/promises'
import * as tls from 'node:tls'
import { err, ok, type Result } from '../../../shared/domain/result.ts'

/**
 * Certificates to trust beside the built-in ones, as PEM texts: from `NODE_EXTRA_CA_CERTS` (read
 * here because packaged Electron ignores it) and from the person's own setting.
 * @returns the file that cannot be used and why
 */
export async function readExtraCa(
  paths: readonly (string | undefined)[],
): Promise<Result<readonly string[], { readonly path: string; readonly message: string }>> {
  const texts: string[] = []
  for (const path of new Set(paths)) {
    if (path === undefined || path === '') continue
    try {
      const text = await readFile(path, 'utf8')
      if (!text.includes('-----BEGIN CERTIFICATE-----'))
        throw new Error('it holds no PEM certificate')
      texts.push(text)
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error)
      return err({
        path,
        message: `The certificate file ${path} cannot be used: ${why}. Choose another.`,
      })
    }
  }
  return ok(texts)
}

/** What TLS trusts now: the same array as long as the same texts are given. */
export function trustedBeside(
  extraCa: () => Promise<readonly string[]> | readonly string[],
): () => Promise<string[] | undefined> {
  let known: { readonly of: readonly string[]; readonly all: string[] | undefined } | null = null
  return async () => {
    const texts = await extraCa()
    if (known?.of !== texts) known = { of: texts, all: trusted(texts) }
    return known.all
  }
}

/** Undefined leaves it to the runtime. Naming any certificate replaces the built-in ones. */
function trusted(extraCa: readonly string[]): string[] | undefined {
  if (extraCa.length === 0) return undefined
  // Newer runtimes know more than the bundled list (system store, options); older ones only that.
  const { getCACertificates } = tls as Partial<typeof tls>
  return [...(getCACertificates?.('default') ?? tls.rootCertificates), ...extraCa]
}
