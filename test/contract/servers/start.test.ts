import { spawn } from 'node:child_process'
import { createInterface } from 'node:readline'
import { fileURLToPath } from 'node:url'
import { expect, it, onTestFinished } from 'vitest'
import { connectServer } from '../../servers/admin.ts'
import { HOSTED } from '../../helpers/providerBench.ts'

const START = fileURLToPath(new URL('../../servers/start.ts', import.meta.url))

interface Started {
  readonly url: string
  readonly env: Readonly<Record<string, string>>
}

function started(provider: string): Promise<Started> {
  const child = spawn(
    process.execPath,
    [START, provider, '--port', '0', '--settings', '{"costMicros":5}'],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  )
  onTestFinished(() => void child.kill())
  return new Promise((done, fail) => {
    createInterface(child.stdout).once('line', (line) => done(JSON.parse(line) as Started))
    child.once('exit', (code) => fail(new Error(`ended with ${code}`)))
  })
}

// Promise: the doubles serve other processes, and tests steer them from there.
it.each(HOSTED)(
  'the double of %s runs as a process of its own and is steered over HTTP',
  async (provider) => {
    const { url, env } = await started(provider)
    const server = await connectServer(url)
    expect(server.env).toEqual(env)
    expect(Object.values(env).every((base) => base.startsWith(url))).toBe(true)
    await server.fault({ on: 'any', how: { kind: 'status', status: 418, body: 'html' } })
    const [base] = Object.values(env)
    expect((await fetch(`${base}/videos/unknown`)).status).toBe(418)
    expect((await fetch(`${base}/videos/unknown`)).status).not.toBe(418)
    expect((await server.requests()).map(({ status }) => status)).toHaveLength(2)
    expect([await server.bill(), await server.renders()]).toEqual([[], []])
  },
)
