import { app, session } from 'electron'
import { isPageUrl } from '../ipc/validateSender.ts'
import { PAGE_ORIGIN } from './pageProtocol.ts'

/** Writing text to the clipboard on a click is all that the page may do beyond itself. */
const ALLOWED_PERMISSIONS: readonly string[] = ['clipboard-sanitized-write']
/** Nobody listens on port 1. */
const NOWHERE = 'socks5://127.0.0.1:1'
const OWN_SCHEMES = /^(app|media|data|blob|devtools|chrome-extension):/

/** No navigation, no new windows, no webviews, no permissions, no network: whatever the page becomes. */
export function guardContents(): void {
  app.on('web-contents-created', (_, contents) => {
    contents.on('will-navigate', (event) => {
      if (!isPageUrl(event.url, PAGE_ORIGIN)) event.preventDefault()
    })
    contents.on('will-frame-navigate', (event) => {
      if (!event.isMainFrame) event.preventDefault()
    })
    contents.on('will-redirect', (event) => event.preventDefault())
    contents.on('will-attach-webview', (event) => event.preventDefault())
    contents.setWindowOpenHandler(() => ({ action: 'deny' }))
    // WebRTC passes by the session and the page's policy: datagrams only through a proxy, so none.
    contents.setWebRTCIPHandlingPolicy('disable_non_proxied_udp')
  })
}

/** The same for what goes through the session. Call once the app is ready. */
export function guardSession(): void {
  const { defaultSession } = session
  defaultSession.setPermissionRequestHandler((_, permission, answer) =>
    answer(ALLOWED_PERMISSIONS.includes(permission)),
  )
  defaultSession.setPermissionCheckHandler((_, permission) =>
    ALLOWED_PERMISSIONS.includes(permission),
  )
  defaultSession.setDevicePermissionHandler(() => false)
  defaultSession.webRequest.onBeforeRequest(({ url }, answer) =>
    answer({ cancel: !OWN_SCHEMES.test(url) }),
  )
  // WebRTC is no request of the session's, but it goes through its proxy.
  void defaultSession.setProxy({ proxyRules: NOWHERE, proxyBypassRules: '<-loopback>' })
  defaultSession.on('will-download', (event) => event.preventDefault())
}
