import { sha256 } from './clip.ts'
import type { Asked, Protocol, Reply, Room } from './protocol.ts'
import { isReply } from './protocol.ts'
import { fileOf, isOver, listed, readyAtOf, statusOf, viewOf, type Render } from './renders.ts'
import type { BillLine, LoggedRequest, RenderOutcome, RenderView, ServerSettings } from './types.ts'

export const DEFAULT_SETTINGS: ServerSettings = {
  renders: { mode: 'instant' },
  outcomes: [],
  list: { lagMs: 0, lagCalls: 0, pageSize: 100, hidesInputs: false, hidesRunning: false },
  idempotency: 'replay',
  badKeys: [],
  linkLifeMs: null,
  fileBytes: 0,
  files: 1,
  costMicros: 100_000,
  showsBills: false,
  ignoresDryRun: false,
  ignoresCancel: false,
  clockOffsetMs: 0,
}

/** The state behind one double: its account, its bill, its log. */
export class World implements Room {
  readonly protocol: Protocol
  readonly bill: BillLine[] = []
  readonly renders: Render[] = []
  readonly log: LoggedRequest[] = []
  readonly uploads = new Map<string, Uint8Array>()
  readonly #byKey = new Map<string, Render>()
  readonly #clock: () => number
  settings: ServerSettings
  origin = ''
  #serial = 0
  #listCalls = 0

  constructor(
    protocol: Protocol,
    { clock, settings }: { clock: () => number; settings: Partial<ServerSettings> },
  ) {
    this.protocol = protocol
    this.#clock = clock
    this.settings = { ...DEFAULT_SETTINGS, ...settings }
  }

  get now(): number {
    return this.#clock() + this.settings.clockOffsetMs
  }

  /** Notes a POST on the bill and, when it may, begins its render. `accepts` false: a fault stands before it. */
  create(asked: Asked, accepts: boolean): Reply {
    const bodySha256 = sha256(asked.body)
    const line = {
      at: this.now,
      path: asked.path,
      bodySha256,
      costMicros: 0,
      renderId: null,
      accepted: false,
    }
    const refused = this.protocol.refuseKey(asked, this.settings)
    const order = refused ?? this.protocol.order(asked, this)
    if (isReply(order) || !accepts) {
      const idempotencyKey = isReply(order) ? null : order.idempotencyKey
      this.bill.push({ ...line, idempotencyKey })
      return isReply(order) ? order : this.protocol.envelope(500)
    }
    const { idempotencyKey } = order
    const before = idempotencyKey === null ? undefined : this.#byKey.get(idempotencyKey)
    if (before !== undefined && this.settings.idempotency !== 'forget') {
      this.bill.push({ ...line, idempotencyKey, renderId: before.id })
      return this.settings.idempotency === 'refuse'
        ? this.protocol.envelope(409)
        : this.protocol.taken(before, this, true)
    }
    const render = this.#begin({
      path: asked.path,
      input: order.input,
      bodySha256,
      at: this.now,
      isForeign: false,
    })
    if (idempotencyKey !== null) this.#byKey.set(idempotencyKey, render)
    this.bill.push({
      ...line,
      idempotencyKey,
      renderId: render.id,
      accepted: true,
      costMicros: render.costMicros,
    })
    return this.protocol.taken(render, this, false)
  }

  #begin({
    path,
    input,
    bodySha256,
    at,
    isForeign,
  }: {
    path: string
    input: unknown
    bodySha256: string
    at: number
    isForeign: boolean
  }): Render {
    this.#serial += 1
    const text = JSON.stringify(input)
    const outcome = this.settings.outcomes.find(({ includes }) => text.includes(includes))
      ?.outcome ?? { kind: 'succeed' }
    const render: Render = {
      id: `${this.protocol.name}-${this.#serial}-${bodySha256.slice(0, 8)}`,
      path,
      input,
      createdAt: at,
      costMicros: this.settings.costMicros,
      isForeign,
      readyAt: readyAtOf(at, bodySha256, this.settings),
      outcome,
      cancelledAt: null,
      isDeleted: false,
    }
    this.renders.push(render)
    return render
  }

  /** A POST whose body never arrived. */
  createUnread(path: string): void {
    this.bill.push({
      at: this.now,
      path,
      bodySha256: null,
      idempotencyKey: null,
      accepted: false,
      renderId: null,
      costMicros: 0,
    })
  }

  addForeign({ path, body, at }: { path: string; body: unknown; at?: number | undefined }): string {
    const bytes = Buffer.from(JSON.stringify(body))
    const headers = { 'content-type': 'application/json' }
    const order = this.protocol.order(
      { method: 'POST', path, query: new URLSearchParams(), headers, body: bytes },
      this,
    )
    if (isReply(order))
      throw new RangeError(`the foreign request is not in order: ${JSON.stringify(order.json)}`)
    return this.#begin({
      path,
      input: order.input,
      bodySha256: sha256(bytes),
      at: at ?? this.now,
      isForeign: true,
    }).id
  }

  finish(id: string | undefined, outcome: RenderOutcome | undefined): void {
    for (const render of this.renders) {
      if (id === undefined ? isOver(statusOf(render, this.now)) : render.id !== id) continue
      render.readyAt = this.now
      if (outcome !== undefined) render.outcome = outcome
    }
  }

  views(): readonly RenderView[] {
    return this.renders.map((render) => viewOf(render, this.now, this.settings))
  }

  find(id: string): Render | undefined {
    return this.renders.find((render) => render.id === id && !render.isDeleted)
  }

  list(): readonly Render[] {
    this.#listCalls += 1
    if (this.#listCalls <= this.settings.list.lagCalls) return []
    return listed(this.renders, this.now, this.settings)
  }

  fileUrls(render: Render): readonly string[] {
    const { linkLifeMs, files } = this.settings
    const end = linkLifeMs === null ? '' : `?e=${this.now + linkLifeMs}`
    return Array.from(
      { length: files },
      (_, index) => `${this.origin}/_files/${render.id}/${index}.mp4${end}`,
    )
  }

  fileBytes(render: Render): number {
    return fileOf(render, 0, this.settings).byteLength
  }

  /** The file that a path names; null when there is none or its link has died. */
  fileAt(path: string, query: URLSearchParams): Uint8Array | null {
    const [, id = '', index = '0'] = /^\/_files\/([^/]+)\/(\d+)\.mp4$/.exec(path) ?? []
    const render = this.find(id)
    const end = query.get('e')
    if (render === undefined || (end !== null && this.now > Number(end))) return null
    return fileOf(render, Number(index), this.settings)
  }

  cancel(render: Render): void {
    if (!this.settings.ignoresCancel && !isOver(statusOf(render, this.now)))
      render.cancelledAt = this.now
  }

  remove(render: Render): void {
    this.cancel(render)
    render.isDeleted = true
  }

  newUpload(bytes = new Uint8Array()): string {
    const url = `${this.origin}/_uploads/${this.uploads.size + 1}`
    this.uploads.set(url, bytes)
    return url
  }

  storeUpload(path: string, bytes: Uint8Array): boolean {
    return (
      this.uploads.has(`${this.origin}${path}`) &&
      this.uploads.set(`${this.origin}${path}`, bytes).size > 0
    )
  }

  canFetch(url: string): boolean {
    if (!url.startsWith(`${this.origin}/`)) return /^https:|^data:image\//.test(url)
    return (this.uploads.get(url)?.byteLength ?? 0) > 0
  }
}
