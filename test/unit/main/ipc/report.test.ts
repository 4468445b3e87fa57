import { expect, test } from 'vitest'
import { reportText } from '../../../../src/main/ipc/report.ts'

const KEY = 'canary-key-4f1b9c77d2e04b6b'
const info = {
  version: '0.1.0',
  electron: '33.4.11',
  platform: 'linux',
  dataDir: '/home/ada/.local/share/dailies',
  outDir: '/home/ada/Videos',
  exportDir: '/home/ada/Videos/Exports',
  logsDir: '/home/ada/.local/share/dailies/logs',
  engine: { kind: 'failed' as const, code: 'folderUnusable', message: '/home/ada/Videos is full.' },
  notices: [],
}
const parts = {
  at: Date.UTC(2026, 10, 22, 19),
  info,
  system: 'Linux 6.1 x64',
  desk: null,
  logLines: [`{"msg":"fal says: ${KEY} is wrong"}`, '{"path":"/home/ada/Videos/one.mp4"}'],
  redact: (text: string) => text.replaceAll(KEY, '[key]'),
  home: '/home/ada',
}

test('a report tells versions, state and the log, and neither a key nor whose account it is', () => {
  const text = reportText(parts)
  expect(text).toContain('Dailies 0.1.0, Electron 33.4.11, Linux 6.1 x64')
  expect(text).toContain('engine: failed, ~/Videos is full.')
  expect(text).toContain('fal says: [key] is wrong')
  expect(text).toContain('~/Videos/one.mp4')
  expect(text).not.toContain(KEY)
  expect(text).not.toContain('ada')
})
