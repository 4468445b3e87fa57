#!/usr/bin/env node
import { execFileSync } from 'node:child_process'
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, dirname, join } from 'node:path'
import { parseArgs } from 'node:util'

// Stands in for fpm, which electron-builder downloads from GitHub, where a .deb is made to be tried:
// takes the arguments that electron-builder gives fpm and has the system's own dpkg-deb do the work.
const one = { type: 'string' }
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    s: { ...one, short: 's' },
    t: { ...one, short: 't' },
    d: { ...one, short: 'd', multiple: true, default: [] },
    force: { type: 'boolean' },
    'deb-recommends': { ...one, multiple: true, default: [] },
    'deb-compression': one,
    'deb-priority': one,
    architecture: one,
    'after-install': one,
    'after-remove': one,
    description: one,
    version: one,
    package: one,
    name: one,
    maintainer: one,
    vendor: one,
    url: one,
    license: one,
  },
})

const control = (files) => [
  `Package: ${values.name}`,
  `Version: ${values.version}`,
  `Architecture: ${values.architecture}`,
  `Maintainer: ${values.maintainer}`,
  `Installed-Size: ${execFileSync('du', ['-sk', files], { encoding: 'utf8' }).split('\t')[0]}`,
  `Depends: ${values.d.join(', ')}`,
  `Recommends: ${values['deb-recommends'].join(', ')}`,
  `Section: video`,
  `Priority: ${values['deb-priority']}`,
  `Homepage: ${values.url}`,
  // A line that does not begin with a blank would be a field.
  `Description: ${values.description.trim().replaceAll(/\n */g, '\n ')}`,
  '',
]

const stage = mkdtempSync(join(tmpdir(), 'dailies-deb-'))
try {
  for (const pair of positionals) {
    const [from, to] = pair.split('=')
    mkdirSync(join(stage, dirname(to)), { recursive: true })
    cpSync(from, join(stage, to), { recursive: true, verbatimSymlinks: true })
  }
  const lines = control(stage).join('\n')
  mkdirSync(join(stage, 'DEBIAN'))
  writeFileSync(join(stage, 'DEBIAN', 'control'), lines)
  for (const [script, name] of [
    [values['after-install'], 'postinst'],
    [values['after-remove'], 'postrm'],
  ]) {
    cpSync(script, join(stage, 'DEBIAN', name))
    chmodSync(join(stage, 'DEBIAN', name), 0o755)
  }
  chmodSync(stage, 0o755)
  execFileSync(
    'dpkg-deb',
    // It is made to be tried: soon rather than small.
    ['--root-owner-group', '-Zgzip', '-z1', '--build', stage, values.package],
    { stdio: ['ignore', 'ignore', 'inherit'] },
  )
  process.stdout.write(`${basename(values.package)}\n`)
} finally {
  rmSync(stage, { recursive: true, force: true })
}
