import { rm } from 'node:fs/promises'
import { join } from 'node:path'

/**
 * For electron-builder, once Electron lies in its place: takes out the page that Electron shows when it
 * has no app. The packer drops it only where it is a file; in the test runtime it is a folder.
 */
export async function afterExtract({ appOutDir }) {
  await rm(join(appOutDir, 'resources', 'default_app.asar'), { recursive: true, force: true })
}
