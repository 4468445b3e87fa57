import { app, Menu } from 'electron'
import { menuTemplate } from './menuTemplate.ts'
import type { Command, CommandId } from '../../shared/ipc/commands.ts'

/** Builds the application menu; `choose` sends the command to the page. */
export function installMenu(commands: readonly Command[], choose: (id: CommandId) => void): void {
  const template = menuTemplate({
    choose,
    commands,
    isMac: process.platform === 'darwin',
    isDevelopment: !app.isPackaged,
  })
  Menu.setApplicationMenu(Menu.buildFromTemplate(template))
}
