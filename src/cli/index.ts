import { enableCompileCache } from 'node:module'
import { resolve } from 'node:path'

// Reading some three hundred sources takes most of a second; the second start takes half of that.
enableCompileCache(resolve(import.meta.dirname, '../../node_modules/.cache/dailies'))
const { main } = await import('./main.ts')
await main(process.argv)
