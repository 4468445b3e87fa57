/**
 * A text as a terminal may be shown it: what others wrote (prompts of a shared file, a provider's
 * error) must not move the cursor, retitle the window or reach the clipboard. Colours stay.
 */
export const printable = (text: string): string =>
  // oxlint-disable-next-line no-control-regex -- they are what is taken out
  text.replace(/\u001B(?!\[[\d;]*m)|[\u0000-\u0008\u000B-\u001A\u001C-\u001F\u007F-\u009F]/g, '')
