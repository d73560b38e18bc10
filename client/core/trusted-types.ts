interface PolicyFactory {
  readonly createPolicy: (
    name: string,
    rules: { createHTML: (html: string) => string; createScriptURL: (url: string) => string },
  ) => unknown
}

/**
 * The house sends `require-trusted-types-for 'script'`. Solid makes its compiled templates with innerHTML, from strings that
 * stand in our own code, so HTML may pass as it is: no code path sets innerHTML from data (Solid's `innerHTML` attribute is not
 * used; data becomes text nodes and attributes). A script may only be our own: the service worker and workers of this origin.
 */
export function allowOwnTemplates(): void {
  const factory = (globalThis as { trustedTypes?: PolicyFactory }).trustedTypes
  factory?.createPolicy('default', {
    createHTML: (html) => html,
    createScriptURL: (url) => {
      if (new URL(url, location.href).origin !== location.origin)
        throw new TypeError('a script from elsewhere')
      return url
    },
  })
}
