import { describe, expect, it, onTestFinished } from 'vitest'
import { ok } from '../../../src/shared/domain/result.ts'
import { createHttp } from '../../../src/main/providers/http/createHttp.ts'
import { createServerTime } from '../../../src/main/providers/serverTime.ts'
import { until } from '../../helpers/moneyLab.ts'
import { HOSTED, providerBench } from '../../helpers/providerBench.ts'

const MONTH = 31 * 86_400_000

describe.each(HOSTED)('the clock of %s', (id) => {
  it('is shown by a call that costs nothing, and ours is measured against it', async () => {
    const http = createHttp({ proxyOf: () => null })
    onTestFinished(() => http.close())
    const bench = await providerBench(id, { http, settings: { clockOffsetMs: -MONTH } })
    onTestFinished(() => bench.close())
    const time = createServerTime({
      providers: new Map([[id, bench.provider]]),
      credentials: { of: () => ['env'], call: () => ok(bench.call()) },
      http,
      baseUrlsOf: () => Object.values(bench.call().baseUrls),
      now: Date.now,
    })
    expect(time.aheadMs(id)).toBeNull()
    time.ask(id)
    time.ask(id)
    await until(() => time.aheadMs(id) !== null)
    expect(Math.abs((time.aheadMs(id) ?? 0) - MONTH)).toBeLessThan(10_000)
    expect(await bench.server.requests()).toHaveLength(1)
    expect(await bench.server.bill()).toEqual([])
  })
})
