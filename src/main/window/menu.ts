import { app, Menu } from 'electron'
import { menuTemplate } from './menuTemplate.ts'
import type { CommandId } from '../../shared/ipc/commands.ts'

/** Builds the application menu; `choose` sends the command to the page. */
export function installMenu(choose: (id: CommandId) => void): void {
  const template = menuTemplate({
    choose,
    isMac: process.platform === 'darwin',
    isDevelopment: !app.isPackaged,
  })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
