import { session } from 'electron'

/** What the system's proxy settings or script say of an address, as `PROXY host:8080; DIRECT`. */
export const systemProxy = (url: string): Promise<string> =>
  // A session that no page has, in memory: the window's own is led nowhere, see `guardSession`.
  session.fromPartition('proxy').resolveProxy(url)
