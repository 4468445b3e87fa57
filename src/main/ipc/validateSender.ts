/** What is looked at of Electron's event; a frame is null when it has navigated away or closed. */
export interface SenderEvent {
  readonly sender: { readonly id: number; getURL(): string }
  readonly senderFrame: { readonly url?: string; readonly parent: unknown } | null
}

export interface TrustedPage {
  /** `webContents.id` of our window; null while there is none. */
  readonly contentsId: () => number | null
  /** Origin of the page, e.g. `app://dailies`. */
  readonly origin: string
}

/** True for the top frame of our own page in our own window, and for nothing else. */
export function isTrustedSender({ sender, senderFrame }: SenderEvent, page: TrustedPage): boolean {
  if (sender.id !== page.contentsId()) return false
  if (senderFrame === null || senderFrame.parent !== null) return false
  // Playwright's driver can leave the frame's url empty; the window's own address is as good a proof.
  const url =
    senderFrame.url === undefined || senderFrame.url === '' ? sender.getURL() : senderFrame.url
  return isPageUrl(url, page.origin)
}

/** An address of the page itself, whatever its path. */
export function isPageUrl(url: string, origin: string): boolean {
  return url === origin || url.startsWith(`${origin}/`)
}
