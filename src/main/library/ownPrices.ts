import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { PriceFile } from '../../shared/domain/catalogue.ts'
import type { Model } from '../../shared/domain/route.ts'
import { errorCode } from './errorCode.ts'

/**
 * A file in which the person changes the prices of a model, begun with those that count now. One that
 * is there is left as it is. Gives its path.
 */
export async function startPriceFile(folder: string, { id, routes }: Model): Promise<string> {
  const path = join(folder, `${id}.prices.json`)
  const prices = Object.fromEntries(routes.map((route) => [route.id, [...route.prices]]))
  const file: PriceFile = { id, prices }
  await mkdir(folder, { recursive: true, mode: 0o700 })
  try {
    await writeFile(path, `${JSON.stringify(file, null, 2)}\n`, { flag: 'wx' })
  } catch (error) {
    if (errorCode(error) !== 'EEXIST') throw error
  }
  return path
}
