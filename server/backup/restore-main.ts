import { fileArgument } from './file-argument.ts'
import { restore } from './restore.ts'

const file = fileArgument(process.argv, process.env)
if (file === undefined) {
  console.error('usage: npm run restore -- FILE')
  process.exitCode = 2
} else {
  try {
    const aside = restore(process.env['DATA_DIR'] || './data', file, new Date())
    console.log(`Restored from ${file}.${aside === null ? '' : ` What was there before is kept in ${aside}`}`)
  } catch (error) {
    console.error(
      `Restore failed, nothing was changed: ${error instanceof Error ? error.message : String(error)}`,
    )
    process.exitCode = 1
  }
}
