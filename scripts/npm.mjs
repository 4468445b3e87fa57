import { run } from './run.mjs'

/** Runs npm with its own settings, so that whatever registry it is set up for is used. */
export function npm(args, options) {
  const all = [...args, '--loglevel=error']
  // Inside an npm script this is the npm that is running; it need not be on the PATH.
  const running = process.env.npm_execpath
  if (running?.endsWith('.js')) return run(process.execPath, [running, ...all], options)
  const isWindows = process.platform === 'win32'
  return isWindows ? run('cmd', ['/c', 'npm', ...all], options) : run('npm', all, options)
}
