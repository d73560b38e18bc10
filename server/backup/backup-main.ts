import { backUp } from './back-up.ts'
import { fileArgument } from './file-argument.ts'

const file = fileArgument(process.argv, process.env)
if (file === undefined) {
  console.error('usage: npm run backup -- FILE')
  process.exitCode = 2
} else {
  try {
    const bytes = backUp(process.env['DATA_DIR'] || './data', file)
    console.log(`Backed up and verified: ${file} (${bytes} bytes)`)
  } catch (error) {
    console.error(`Backup failed: ${error instanceof Error ? error.message : String(error)}`)
    process.exitCode = 1
  }
}
