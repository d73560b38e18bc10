import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'

const places = [
  process.env['CHROMIUM_PATH'],
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
]

/** Where a Chromium stands on this machine, or undefined. CHROMIUM_PATH wins. */
export function findBrowser(): string | undefined {
  return places.find((place) => place !== undefined && place !== '' && existsSync(place))
}

/** Finds one, or installs Debian's where that may be done; otherwise says what is missing and ends. */
export function findOrInstallBrowser(): string {
  const found = findBrowser()
  if (found !== undefined) return found
  if (process.getuid?.() === 0 && spawnSync('apt-get', ['--version']).status === 0) {
    console.log('No Chromium here: installing it with apt-get.')
    spawnSync('apt-get', ['update', '-qq'], { stdio: 'inherit' })
    spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
      stdio: 'inherit',
    })
  }
  const installed = findBrowser()
  if (installed !== undefined) return installed
  console.error(
    'The browser tests need Chromium or Chrome and found none. Install one (Debian: apt-get install chromium) or set CHROMIUM_PATH to it.',
  )
  return process.exit(1)
}

/** For playwright-core: a new profile, and no connections of the browser's own. */
export const browserFlags: readonly string[] = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]
