import { resolve } from 'node:path'

/** FILE of `npm run backup -- FILE`, seen from where the command was typed: npm itself runs in the project's folder. */
export function fileArgument(argv: readonly string[], env: NodeJS.ProcessEnv): string | undefined {
  const [file, ...more] = argv.slice(2)
  return file === undefined || more.length > 0 ? undefined : resolve(env['INIT_CWD'] ?? process.cwd(), file)
}
