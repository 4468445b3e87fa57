/**
 * Whether an IP address (text form) is none that the public internet routes to: loopback, private,
 * link-local, shared, documentation, multicast, reserved, and IPv6 forms that wrap such an IPv4.
 * What cannot be read counts as private, so that a doubt refuses. Ranges: IANA special-purpose
 * address registries (RFC 6890 and its updates).
 */
export function isPrivateAddress(address: string): boolean {
  const v4 = parseIpv4(address)
  if (v4 !== null) return isPrivateIpv4(v4)
  const v6 = parseIpv6(address)
  return v6 === null || isPrivateIpv6(v6)
}

/** Network and prefix length of each IPv4 block that is not public. */
const IPV4_BLOCKS: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
]

function isPrivateIpv4(address: number): boolean {
  return IPV4_BLOCKS.some(([network, length]) => {
    const size = 2 ** (32 - length)
    return Math.floor(address / size) === Math.floor((parseIpv4(network) ?? 0) / size)
  })
}

/** The address as an unsigned number; null when it is not four decimal parts. */
function parseIpv4(text: string): number | null {
  const parts = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/.exec(text)?.slice(1).map(Number)
  if (parts === undefined || parts.some((part) => part > 255)) return null
  return parts.reduce((sum, part) => sum * 256 + part, 0)
}

/** Eight groups of 16 bits; null when it is no IPv6 address. A zone (`%eth0`) is left off. */
function parseIpv6(text: string): readonly number[] | null {
  const plain = text.replace(/%.*$/, '').replace(/(\d+\.\d+\.\d+\.\d+)$/, (tail) => {
    const v4 = parseIpv4(tail)
    return v4 === null ? 'x' : `${(v4 >>> 16).toString(16)}:${(v4 & 0xffff).toString(16)}`
  })
  const halves = plain.split('::')
  if (halves.length > 2) return null
  const [head = [], tail = []] = halves.map((half) => (half === '' ? [] : half.split(':')))
  const missing = 8 - head.length - tail.length
  if (halves.length === 2 ? missing < 1 : missing !== 0) return null
  const groups = [...head, ...Array<string>(missing).fill('0'), ...tail]
  return groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))
    ? groups.map((group) => parseInt(group, 16))
    : null
}

/** Only global unicast (2000::/3) is public, less the blocks in it that are set aside. */
function isPrivateIpv6(groups: readonly number[]): boolean {
  const [a = 0, b = 0] = groups
  const last32 = (groups[6] ?? 0) * 65_536 + (groups[7] ?? 0)
  if (wrapsIpv4(groups)) return isPrivateIpv4(last32)
  const isGlobalUnicast = a >= 0x2000 && a <= 0x3fff
  const is6to4 = a === 0x2002
  const isSpecial = a === 0x2001 && (b < 0x200 || b === 0xdb8)
  const isDocumentation = a === 0x3fff && b < 0x1000
  return !isGlobalUnicast || is6to4 || isSpecial || isDocumentation
}

/** `::ffff:a.b.c.d` and `64:ff9b::a.b.c.d` (NAT64) lead to the IPv4 at their end. */
function wrapsIpv4(groups: readonly number[]): boolean {
  const head = groups
    .slice(0, 6)
    .map((group) => group.toString(16))
    .join(':')
  return head === '0:0:0:0:0:ffff' || head === '64:ff9b:0:0:0:0'
}
