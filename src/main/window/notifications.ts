import { Notification } from 'electron'

export interface Announcement {
  readonly title: string
  readonly body: string
  readonly onClick?: (() => void) | undefined
}

/** Shows a system notification where the system has them. */
export function announce({ title, body, onClick }: Announcement): void {
  if (!Notification.isSupported()) return
  const notification = new Notification({ title, body })
  if (onClick !== undefined) notification.on('click', onClick)
  notification.show()
}
