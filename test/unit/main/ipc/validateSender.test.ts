import { expect, test } from 'vitest'
import { isTrustedSender, type SenderEvent } from '../../../../src/main/ipc/validateSender.ts'

const page = { contentsId: () => 1 as number | null, origin: 'app://dailies' }
const ours: SenderEvent = {
  sender: { id: 1, getURL: () => 'app://dailies/index.html' },
  senderFrame: { url: 'app://dailies/index.html', parent: null },
}

test('our page in our window is trusted', () => {
  expect(isTrustedSender(ours, page)).toBe(true)
})

test('an empty frame url, as under Playwright, counts by the address of the window itself', () => {
  const blank = { ...ours, senderFrame: { url: '', parent: null } }
  expect(isTrustedSender(blank, page)).toBe(true)
  const elsewhere = { ...blank, sender: { id: 1, getURL: () => 'https://example.org/' } }
  expect(isTrustedSender(elsewhere, page)).toBe(false)
})

test.each<[string, SenderEvent]>([
  ['another window', { ...ours, sender: { ...ours.sender, id: 2 } }],
  ['a frame that is gone', { ...ours, senderFrame: null }],
  ['a frame inside the page', { ...ours, senderFrame: { url: 'app://dailies/', parent: {} } }],
  ['a foreign page', { ...ours, senderFrame: { url: 'https://example.org/', parent: null } }],
  ['a look-alike origin', { ...ours, senderFrame: { url: 'app://dailies.evil/', parent: null } }],
  ['a file', { ...ours, senderFrame: { url: 'file:///index.html', parent: null } }],
])('%s is not', (_, event) => {
  expect(isTrustedSender(event, page)).toBe(false)
})

test('while there is no window, nobody is', () => {
  expect(isTrustedSender(ours, { ...page, contentsId: () => null })).toBe(false)
})
