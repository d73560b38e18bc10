/* oxlint-disable no-underscore-dangle -- the name is the package's */
// The drawings beside the components are exported, but the package's own types do not say so.
type LucideNode = readonly (readonly [tag: string, attributes: Readonly<Record<string, string>>])[]

declare module 'lucide-solid/icons/arrow-down' {
  export const __iconNode: LucideNode
}
declare module 'lucide-solid/icons/arrow-up' {
  export const __iconNode: LucideNode
}
declare module 'lucide-solid/icons/building' {
  export const __iconNode: LucideNode
}
declare module 'lucide-solid/icons/check' {
  export const __iconNode: LucideNode
}
declare module 'lucide-solid/icons/circle-alert' {
  export const __iconNode: LucideNode
}
declare module 'lucide-solid/icons/circle-user' {
  export const __iconNode: LucideNode
}
declare module 'lucide-solid/icons/cloud-off' {
  export const __iconNode: LucideNode
}
declare module 'lucide-solid/icons/eye' {
  export const __iconNode: LucideNode
}
declare module 'lucide-solid/icons/handshake' {
  export const __iconNode: LucideNode
}
declare module 'lucide-solid/icons/hourglass' {
  export const __iconNode: LucideNode
}
declare module 'lucide-solid/icons/house' {
  export const __iconNode: LucideNode
}
declare module 'lucide-solid/icons/info' {
  export const __iconNode: LucideNode
}
declare module 'lucide-solid/icons/receipt' {
  export const __iconNode: LucideNode
}
declare module 'lucide-solid/icons/search' {
  export const __iconNode: LucideNode
}
declare module 'lucide-solid/icons/send' {
  export const __iconNode: LucideNode
}
declare module 'lucide-solid/icons/shield' {
  export const __iconNode: LucideNode
}
declare module 'lucide-solid/icons/user' {
  export const __iconNode: LucideNode
}
declare module 'lucide-solid/icons/users' {
  export const __iconNode: LucideNode
}
declare module 'lucide-solid/icons/wifi' {
  export const __iconNode: LucideNode
}
declare module 'lucide-solid/icons/x' {
  export const __iconNode: LucideNode
}
