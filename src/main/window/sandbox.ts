/**
 * Why the app must not go on, or null. Whoever starts it without Chromium's sandbox gives a hostile
 * clip, which the page decodes, all files and keys of the user. An AppImage does so by itself where a
 * system keeps the sandbox from unknown programs. As root there is none to be had, and Chromium says so.
 * @param started.uid of the user; undefined on Windows
 */
export function whyUnsafe(started: {
  readonly withoutSandbox: boolean
  readonly uid: number | undefined
}): string | null {
  if (!started.withoutSandbox || started.uid === 0) return null
  return (
    "Dailies was started without Chromium's sandbox (--no-sandbox), which keeps a hostile clip from your " +
    'files and keys, and does not run that way. An AppImage is started so where the system lets no unknown ' +
    'program make a sandbox, as Ubuntu since 24.04: install the .deb instead, or type this line, which ' +
    'holds until the next restart:\n\n  sudo sysctl -w kernel.apparmor_restrict_unprivileged_userns=0'
  )
}
