import { existsSync } from 'node:fs'
import { app } from 'electron'
import { SOFTWARE_DRAWING } from './softwareDrawing.ts'

/** By one of these Linux reaches a graphics processor: kernel drivers, NVIDIA's own, Windows' subsystem. */
const GPU_DEVICES = ['/dev/dri', '/dev/nvidiactl', '/dev/dxg'] as const

/**
 * Before the app is ready. Without a graphics processor Chromium starts its process for one, waits
 * until it has died, twice, and the page stands still for that time; then one that only plays a
 * graphics processor draws slower than plain software does.
 */
export function drawByWhatThereIs(): void {
  if (process.platform !== 'linux' || GPU_DEVICES.some((path) => existsSync(path))) return
  for (const name of SOFTWARE_DRAWING) app.commandLine.appendSwitch(name)
}
