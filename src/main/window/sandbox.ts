import { existsSync, readFileSync } from 'node:fs'

const UBUNTUS = '/proc/sys/kernel/apparmor_restrict_unprivileged_userns'

/** Whether this system lets no program make a sandbox that no administrator named. */
export const isSandboxKept = (): boolean =>
  existsSync(UBUNTUS) && readFileSync(UBUNTUS, 'utf8').trim() === '1'

/**
 * Why the app must not go on, or null. Whoever starts it without Chromium's sandbox gives a hostile
 * clip, which the page decodes, all files and keys of the user. An AppImage does so by itself where a
 * system keeps the sandbox from unknown programs. As root there is none to be had, and Chromium says so.
 * @param started.uid of the user; undefined on Windows
 */
export function whyUnsafe(started: {
  readonly withoutSandbox: boolean
  readonly uid: number | undefined
  readonly isKept: boolean
}): string | null {
  if (!started.withoutSandbox || started.uid === 0) return null
  const what =
    "Dailies was started without Chromium's sandbox (--no-sandbox), which keeps a hostile clip from your " +
    'files and keys, and does not run that way. '
  if (!started.isKept)
    return (
      `${what}Start it without that option. An AppImage adds it by itself where the system lets no ` +
      'program make user namespaces: install the .deb instead.'
    )
  return (
    `${what}An AppImage is started so on this system, which lets no unknown program make a sandbox ` +
    '(Ubuntu does so since 24.04): install the .deb instead, or type this line, which holds until the ' +
    'next restart:\n\n  sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0'
  )
}
