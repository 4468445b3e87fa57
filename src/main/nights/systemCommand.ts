export interface SystemCommand {
  readonly program: string
  readonly args: readonly string[]
}

const COMMANDS = {
  sleep: {
    darwin: { program: 'pmset', args: ['sleepnow'] },
    win32: { program: 'rundll32.exe', args: ['powrprof.dll,SetSuspendState', '0,1,0'] },
    linux: { program: 'systemctl', args: ['suspend'] },
  },
  shutDown: {
    darwin: {
      program: 'osascript',
      args: ['-e', 'tell application "System Events" to shut down'],
    },
    win32: { program: 'shutdown.exe', args: ['/s', '/t', '0'] },
    linux: { program: 'systemctl', args: ['poweroff'] },
  },
} as const

/** The system's own program for it. Other systems are told as Linux is. Pure. */
export function systemCommand(action: keyof typeof COMMANDS, platform: string): SystemCommand {
  const known = COMMANDS[action]
  return platform === 'darwin' || platform === 'win32' ? known[platform] : known.linux
}
