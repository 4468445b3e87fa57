import { Notification } from 'electron'

export interface Announcement {
  readonly title: string
  readonly body: string
  readonly onClick?: (() => void) | undefined
}

/** Shows a system notification. False where the system has none. */
export function announce({ title, body, onClick }: Announcement): boolean {
  if (!Notification.isSupported()) return false
  const notification = new Notification({ title, body })
  if (onClick !== undefined) notification.on('click', onClick)
  notification.show()
  return true
}
